-- title:  Shops without a point lie where their parcel does | Les commerces sans point sont là où est leur parcelle
-- after:  shop
-- makes:  shop
-- order:  20
UPDATE shop
SET geom = (SELECT metric_point(on_surface_x_m, on_surface_y_m, 'store') FROM parcel WHERE parcel.parcel_id = shop.parcel_id),
    x_m  = (SELECT on_surface_x_m FROM parcel WHERE parcel.parcel_id = shop.parcel_id),
    y_m  = (SELECT on_surface_y_m FROM parcel WHERE parcel.parcel_id = shop.parcel_id)
WHERE geom IS NULL AND parcel_id IS NOT NULL;

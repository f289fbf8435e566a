/* SPDX-License-Identifier: MIT */
/* The numbers of GeoJSON, for geojson_parse.cpp alone: the parser of simdjson 3.0 refuses integers over 64 bits and rounds long
 * decimals wrongly. A token is a number as it stands; positions of lines are read straight from their text. */
#ifndef ILOT_GEO_GEOJSON_NUMBER_HPP
#define ILOT_GEO_GEOJSON_NUMBER_HPP

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace {

using std::string_view;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_number(char first)
{
    return first == '-' || is_digit(first);
}

double power_of_ten(int64_t e)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    return powers[e];
}

/* A number taken apart: digits as an integer (at most 19 of them), a power of ten. */
struct decimal {
    bool negative, is_integer, is_exact; /* not exact: there were more digits */
    uint64_t digits;
    int64_t exponent;
    int64_t before_point; /* digits before the point, leading zeros aside; for the range */
};

/* Nineteen digits fit whatever they are. */
const char *take_few(const char *p, const char *end, decimal *d)
{
    uint64_t digits = d->digits;

    for (; p < end && is_digit(*p); p++)
        digits = 10 * digits + static_cast<uint64_t>(*p - '0');
    d->digits = digits;
    return p;
}

const char *take_many(const char *p, const char *end, decimal *d)
{
    for (; p < end && is_digit(*p); p++) {
        if (d->digits > (UINT64_MAX - 9) / 10) {
            d->is_exact = false;
            d->exponent++;
        } else {
            d->digits = 10 * d->digits + static_cast<uint64_t>(*p - '0');
        }
    }
    return p;
}

const char *take_exponent(const char *p, const char *end, decimal *d)
{
    int64_t e = 0;
    bool negative = p < end && *p == '-';

    if (p < end && (*p == '-' || *p == '+'))
        p++;
    if (p == end)
        return nullptr;
    for (; p < end && is_digit(*p); p++)
        e = e < 100000 ? 10 * e + (*p - '0') : e;
    d->exponent += negative ? -e : e;
    return p;
}

template <const char *(*take_digits)(const char *, const char *, decimal *)>
bool take_apart_by(string_view token, decimal *d)
{
    const char *p = token.data();
    const char *end = p + token.size();
    const char *start;

    *d = decimal{*p == '-', true, true, 0, 0, 0};
    p += d->negative;
    start = p;
    p = take_digits(p, end, d);
    if (p == start || (*start == '0' && p > start + 1))
        return false;
    if (p < end && *p == '.') {
        start = ++p;
        p = take_digits(p, end, d);
        d->exponent -= p - start;
        d->is_integer = false;
        if (p == start)
            return false;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        d->is_integer = false;
        p = take_exponent(p + 1, end, d);
    }
    return p == end;
}

/* False when the token is no JSON number. */
bool take_apart(string_view token, decimal *d)
{
    return token.size() <= 19 ? take_apart_by<take_few>(token, d) : take_apart_by<take_many>(token, d);
}

/* Exact when both the digits and the power are doubles (Clinger 1990); else the library's way. */
double to_double(string_view token, const decimal &d)
{
    double value = static_cast<double>(d.digits);

    if (d.is_exact && d.digits <= UINT64_C(1) << 53 && d.exponent >= -22 && d.exponent <= 22) {
        value = d.exponent < 0 ? value / power_of_ten(-d.exponent)
                               : value * power_of_ten(d.exponent);
        return d.negative ? -value : value;
    }
    if (std::from_chars(token.data(), token.data() + token.size(), value).ec ==
        std::errc::result_out_of_range)
        value = (d.exponent > 0 ? HUGE_VAL : 0.0) * (d.negative ? -1 : 1);
    return value;
}

bool read_number(string_view token, double *out)
{
    decimal d;

    if (!take_apart(token, &d))
        return false;
    *out = to_double(token, d);
    return true;
}

/* ---- positions as most files write them: in a third of the steps. All of it stops at a brace at the latest, of which there must
 * be one behind. ---- */

const char *behind_blanks(const char *p)
{
    while (static_cast<unsigned char>(*p) <= ' ')
        p++;
    return p;
}

const char *quick_digits(const char *p, uint64_t *digits)
{
    uint64_t all = *digits;

    for (unsigned digit; (digit = static_cast<unsigned char>(*p) - unsigned{'0'}) <= 9; p++)
        all = 10 * all + digit;
    *digits = all;
    return p;
}

/* A number without a power of ten, whose digits and decimals make a double exactly (to_double() gives the same). NULL: any other. */
const char *quick_number(const char *p, double *out)
{
    const bool negative = *p == '-';
    const char *start = p += negative;
    const char *point;
    uint64_t digits = 0;
    double value;

    point = p = quick_digits(p, &digits);
    if (p == start || (*start == '0' && p > start + 1))
        return nullptr;
    if (*p == '.')
        p = quick_digits(p + 1, &digits);
    if (p == point + 1 || p - start > 19 || digits > UINT64_C(1) << 53 || *p == 'e' || *p == 'E')
        return nullptr;
    value = static_cast<double>(digits) / power_of_ten(p > point ? p - point - 1 : 0);
    *out = negative ? -value : value;
    return p;
}

/* [x, y, ...]: behind it; NULL where it is anything else. */
const char *quick_position(const char *p, double *xy)
{
    double ignored;
    size_t n = 0;

    if (*p != '[')
        return nullptr;
    do {
        p = quick_number(behind_blanks(p + 1), n < 2 ? &xy[n] : &ignored);
        if (!p)
            return nullptr;
        n++;
        p = behind_blanks(p);
    } while (*p == ',');
    return *p == ']' && n >= 2 ? p + 1 : nullptr;
}

} // namespace
#endif

using System.Globalization;

namespace QualityIngest.GraphQL.Values;

/// <summary>Texts that stand for values of the scalars that JSON has no form for.</summary>
internal static class LeafText
{
    private const int LongestDecimal = 28;
    private const decimal TooLarge = 1e28m;

    /// <summary>Digits, with a sign or not, in 64 bits.</summary>
    public static bool TryLong(string text, out long value)
    {
        value = 0;
        return IsWhole(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Digits, without a plus sign and without zeros before them.</summary>
    public static bool IsWhole(ReadOnlySpan<char> text)
    {
        var digits = text.StartsWith('-') ? text[1..] : text;
        return digits.Length > 0 && AreDigits(digits) && (digits[0] != '0' || digits.Length == 1);
    }

    /// <summary>A UUID in its canonical form, in capitals or not.</summary>
    public static bool TryUuid(string text, out Guid value)
    {
        value = default;
        if (text.Length != 36)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
                return false;
        }
        return Guid.TryParseExact(text, "D", out value);
    }

    /// <summary>A number as JSON writes it, exponents too, of no more digits than can be kept.</summary>
    public static bool TryDecimal(string text, out decimal value)
    {
        value = 0;
        var mantissa = text.AsSpan();
        if (mantissa.IndexOfAny('e', 'E') is var e and >= 0)
        {
            var exponent = mantissa[(e + 1)..];
            if (exponent.Length > 0 && exponent[0] is '+' or '-')
                exponent = exponent[1..];
            if (exponent.Length is 0 or > 3 || !AreDigits(exponent))
                return false;
            mantissa = mantissa[..e];
        }
        var whole = mantissa;
        if (mantissa.IndexOf('.') is var point and >= 0)
        {
            whole = mantissa[..point];
            if (point == mantissa.Length - 1 || !AreDigits(mantissa[(point + 1)..]))
                return false;
        }
        return IsWhole(whole)
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && Math.Abs(value) < TooLarge
            && IsExact(mantissa, value);
    }

    /// <summary><c>YYYY-MM-DD</c>.</summary>
    public static bool TryDate(ReadOnlySpan<char> text, out DateOnly value) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    /// <summary><c>YYYY-MM-DDTHH:MM[:SS[.f…]]</c> and <c>Z</c> or <c>±HH:MM</c>; what is finer than a microsecond is cut off.</summary>
    public static bool TryDateTime(ReadOnlySpan<char> text, out DateTime value)
    {
        value = default;
        if (text.Length < 17 || text[10] is not ('T' or 't') || !TryDate(text[..10], out var date) || !TryZone(ref text, out var offset))
            return false;
        if (text.Length < 16 || text[13] != ':' || !TryNumber(text[11..13], 23, out var hours) || !TryNumber(text[14..16], 59, out var minutes))
            return false;
        int seconds = 0, micros = 0;
        var rest = text[16..];
        if (rest.Length > 0 && (rest.Length < 3 || rest[0] != ':' || !TryNumber(rest[1..3], 59, out seconds)))
            return false;
        if (rest.Length > 3 && !TryMicros(rest[3..], out micros))
            return false;
        var ticks = date.ToDateTime(new TimeOnly(hours, minutes, seconds)).Ticks
            + (micros * TimeSpan.TicksPerMicrosecond) - (offset * TimeSpan.TicksPerMinute);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;
        value = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    // Takes the zone off the end; the offset is in minutes.
    private static bool TryZone(ref ReadOnlySpan<char> text, out int offset)
    {
        offset = 0;
        if (text[^1] is 'Z' or 'z')
        {
            text = text[..^1];
            return true;
        }
        var zone = text[^6..];
        if (zone[0] is not ('+' or '-') || zone[3] != ':' || !TryNumber(zone[1..3], 23, out var hours) || !TryNumber(zone[4..], 59, out var minutes))
            return false;
        offset = ((hours * 60) + minutes) * (zone[0] == '-' ? -1 : 1);
        text = text[..^6];
        return true;
    }

    private static bool TryMicros(ReadOnlySpan<char> fraction, out int micros)
    {
        micros = 0;
        if (fraction.Length is < 2 or > 10 || fraction[0] != '.' || !AreDigits(fraction[1..]))
            return false;
        for (var i = 1; i <= 6; i++)
            micros = (micros * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, int atMost, out int value)
    {
        value = 0;
        return AreDigits(digits) && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= atMost;
    }

    // Reading a decimal rounds where digits do not fit, down to zero even.
    private static bool IsExact(ReadOnlySpan<char> mantissa, decimal value)
    {
        var significant = 0;
        var zeros = 0;
        foreach (var c in mantissa)
        {
            if (c is '.' or '-' || (c == '0' && significant == 0))
                continue;
            zeros = c == '0' ? zeros + 1 : 0;
            significant++;
        }
        significant -= zeros;
        return significant <= LongestDecimal && Digits(value) == significant;
    }

    private static int Digits(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).Trim('-').Trim('0');
        return text.Length;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}

namespace QualityIngest.Domain.Formats;

/// <summary>What a text is as a moment in time.</summary>
public enum TimestampKind
{
    /// <summary>A moment.</summary>
    Moment,

    /// <summary>A date and time that does not say in which zone.</summary>
    WithoutZone,

    /// <summary>No date and time, or an impossible one.</summary>
    Invalid,
}

/// <summary>
/// Timestamps of every format: <c>YYYY-MM-DDThh:mm:ss</c>, 0 to 9 fraction digits, then <c>Z</c> or an offset
/// (<c>±hh:mm</c>, <c>±hhmm</c>, <c>±hh</c>, at most 14 hours). Kept as UTC microseconds: further digits are cut off, so
/// that no moment moves into the next second. A leap second (<c>:60</c>) and <c>24:00</c> are invalid.
/// </summary>
public static class IsoTimestamp
{
    private const int SecondsEnd = 19;
    private const int LongestFraction = 9;
    private const int MicrosecondDigits = 6;
    private const int FurthestOffsetMinutes = 14 * 60;

    /// <summary>Reads a timestamp; <paramref name="moment"/> is in UTC and only set for <see cref="TimestampKind.Moment"/>.</summary>
    public static TimestampKind Read(ReadOnlySpan<char> text, out DateTimeOffset moment)
    {
        moment = default;
        if (text.Length < SecondsEnd || !TryLocal(text, out var local)) return TimestampKind.Invalid;
        var rest = text[SecondsEnd..];
        if (rest is ['.' or ',', ..])
        {
            if (!TryFraction(ref rest, out var ticks)) return TimestampKind.Invalid;
            local = local.AddTicks(ticks);
        }
        if (rest.IsEmpty) return TimestampKind.WithoutZone;
        if (!TryOffset(rest, out var minutes)) return TimestampKind.Invalid;
        var utc = local.Ticks - minutes * TimeSpan.TicksPerMinute;
        // The first moment of all stands for none: the driver would store it as minus infinity.
        if (utc <= DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks) return TimestampKind.Invalid;
        moment = new DateTimeOffset(utc, TimeSpan.Zero);
        return TimestampKind.Moment;
    }

    private static bool TryLocal(ReadOnlySpan<char> text, out DateTime local)
    {
        local = default;
        if (text is not [_, _, _, _, '-', _, _, '-', _, _, 'T' or 't', _, _, ':', _, _, ':', ..]) return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day)) return false;
        if (!TryDigits(text[11..13], out var hour) || !TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour > 23 || minute > 59 || second > 59) return false;
        local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified);
        return true;
    }

    /// <summary>Takes the separator and its digits off the text.</summary>
    private static bool TryFraction(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        var digits = text[1..].IndexOfAnyExceptInRange('0', '9');
        if (digits < 0) digits = text.Length - 1;
        if (digits is 0 or > LongestFraction) return false;
        for (var i = 1; i <= MicrosecondDigits; i++) ticks = ticks * 10 + (i <= digits ? text[i] - '0' : 0);
        ticks *= TimeSpan.TicksPerMicrosecond;
        text = text[(digits + 1)..];
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is ['Z' or 'z']) return true;
        if (text is not ['+' or '-', _, _, ..] || !TryDigits(text[1..3], out var hours)) return false;
        var ofHour = text[3..] switch
        {
            [] => "00",
            [':', _, _] => text[4..],
            [_, _] => text[3..],
            _ => [],
        };
        if (!TryDigits(ofHour, out var rest) || ofHour.IsEmpty || rest > 59) return false;
        minutes = hours * 60 + rest;
        if (minutes > FurthestOffsetMinutes) return false;
        if (text[0] == '-') minutes = -minutes;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = value * 10 + (c - '0');
        }
        return true;
    }
}

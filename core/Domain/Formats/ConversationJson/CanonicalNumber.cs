using System.Globalization;

namespace QualityIngest.Domain.Formats;

/// <summary>Numbers of any size in one spelling: <c>1.50</c>, <c>15e-1</c> and <c>0.15E+1</c> are the same.</summary>
internal static class CanonicalNumber
{
    private const int LongestExponent = 17;

    /// <summary>Adds a number of JSON as its digits without zeros at either end, and the power of ten that they count.</summary>
    public static void Add(ByteBuffer target, ReadOnlySpan<byte> number)
    {
        var exponentAt = number.IndexOfAny((byte)'e', (byte)'E');
        var power = 0L;
        if (exponentAt >= 0 && !TryExponent(number[(exponentAt + 1)..], out power))
        {
            target.Add((byte)'=');
            target.AddText(number);
            return;
        }
        var start = target.Length;
        target.Add((byte)(number[0] is (byte)'-' ? '-' : '+'));
        power += AddDigits(target, exponentAt < 0 ? number : number[..exponentAt]);
        if (target.Length == start + 1)
        {
            // Zero has neither a sign nor a power.
            target.Truncate(start);
            power = 0;
        }
        target.Add((byte)'e');
        target.Add(power);
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        exponent = 0;
        return text.Length <= LongestExponent && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
    }

    /// <summary>Adds the digits that count, none for zero, and returns the power that the last of them stands for.</summary>
    private static long AddDigits(ByteBuffer target, ReadOnlySpan<byte> number)
    {
        var (start, fraction, behindPoint, zeros) = (target.Length, 0, false, 0);
        foreach (var value in number)
        {
            if (value is (byte)'.') behindPoint = true;
            if (value is < (byte)'0' or > (byte)'9') continue;
            if (behindPoint) fraction++;
            if (value is (byte)'0' && target.Length == start) continue;
            zeros = value is (byte)'0' ? zeros + 1 : 0;
            target.Add(value);
        }
        target.Truncate(target.Length - zeros);
        return zeros - fraction;
    }
}

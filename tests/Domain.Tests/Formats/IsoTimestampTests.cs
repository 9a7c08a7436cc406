using System.Globalization;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Tests.Formats;

public sealed class IsoTimestampTests
{
    [Theory]
    [InlineData("2025-04-10T14:30:00Z", "2025-04-10T14:30:00.0000000Z")]
    [InlineData("2025-04-10t14:30:00z", "2025-04-10T14:30:00.0000000Z")]
    [InlineData("2025-04-10T14:30:00.1Z", "2025-04-10T14:30:00.1000000Z")]
    [InlineData("2025-04-10T14:30:00,25Z", "2025-04-10T14:30:00.2500000Z")]
    [InlineData("2025-04-10T14:30:00.999999999Z", "2025-04-10T14:30:00.9999990Z")]
    [InlineData("2025-04-10T14:30:00+02:00", "2025-04-10T12:30:00.0000000Z")]
    [InlineData("2025-04-10T14:30:00-0530", "2025-04-10T20:00:00.0000000Z")]
    [InlineData("2025-04-10T14:30:00+14", "2025-04-10T00:30:00.0000000Z")]
    [InlineData("2025-04-10T14:30:00-00:00", "2025-04-10T14:30:00.0000000Z")]
    [InlineData("2024-02-29T23:59:59.5-01:00", "2024-03-01T00:59:59.5000000Z")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.9999990Z")]
    public void A_moment_is_kept_in_utc_to_the_microsecond(string text, string expected)
    {
        Assert.Equal(TimestampKind.Moment, IsoTimestamp.Read(text, out var moment));
        Assert.Equal(expected, moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, moment.Offset);
    }

    [Theory]
    [InlineData("2025-04-10T14:30:00")]
    [InlineData("2025-04-10T14:30:00.123")]
    public void A_date_and_time_without_a_zone_is_told_apart(string text) =>
        Assert.Equal(TimestampKind.WithoutZone, IsoTimestamp.Read(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("2025-04-10")]
    [InlineData("2025-04-10T14:30Z")]
    [InlineData("2025-04-10 14:30:00Z")]
    [InlineData("10/04/2025 14:30:00")]
    [InlineData("1749562206000")]
    [InlineData("2025-04-31T14:30:00Z")]
    [InlineData("2025-02-29T14:30:00Z")]
    [InlineData("2025-13-01T14:30:00Z")]
    [InlineData("2025-00-01T14:30:00Z")]
    [InlineData("0000-01-01T14:30:00Z")]
    [InlineData("2025-04-10T24:00:00Z")]
    [InlineData("2025-04-10T14:60:00Z")]
    [InlineData("2025-04-10T14:30:60Z")]
    [InlineData("2025-04-10T14:30:00.Z")]
    [InlineData("2025-04-10T14:30:00.1234567890Z")]
    [InlineData("2025-04-10T14:30:00+14:01")]
    [InlineData("2025-04-10T14:30:00+02:60")]
    [InlineData("2025-04-10T14:30:00+2")]
    [InlineData("2025-04-10T14:30:00+02:0")]
    [InlineData("2025-04-10T14:30:00+02:00:00")]
    [InlineData("2025-04-10T14:30:00ZZ")]
    [InlineData("2025-04-10T14:30:00 Z")]
    [InlineData("2025-04-10T14:30:00CEST")]
    [InlineData("٢٠٢٥-04-10T14:30:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    public void Anything_else_is_no_moment(string text) => Assert.Equal(TimestampKind.Invalid, IsoTimestamp.Read(text, out _));
}

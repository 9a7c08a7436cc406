using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace QualityIngest.Domain.Formats.Feeds;

/// <summary>Reads keys of the feeds' convention.</summary>
public static class FeedKey
{
    private const string Version = "1";

    /// <summary>What the convention's folders begin with: a folder that has one means to follow it.</summary>
    private static readonly string[] Marks = ["version=", "format=", "dt=", "hr=", "mi="];

    /// <summary>
    /// Splits a key into the directory and the name of the file in it. What is wrong is told by the first segment that is.
    /// </summary>
    /// <param name="key">The key relative to the connector's path.</param>
    /// <param name="directory">The batch that the file belongs to.</param>
    /// <param name="fault">Why there is none.</param>
    public static bool TryRead(
        string key, [NotNullWhen(true)] out FeedDirectory? directory, [NotNullWhen(false)] out FeedKeyFault? fault)
    {
        directory = null;
        var segments = key.Split('/');
        fault = segments.Length is < 4 or > 7
            ? new(FeedCodes.KeyInvalid, $"A feed's file lies at FEED_NAME/version=N/format=FORMAT[/dt=YYYY-MM-DD[/hr=HH[/mi=MM]]]/FILE; {Quotation.Of(key)} does not.")
            : Fault(segments);
        if (fault is not null)
            return false;

        var (encoding, snapshot) = FormatOf(segments[2])!.Value;
        directory = new(
            key[..(key.LastIndexOf('/') + 1)], segments[0], encoding, snapshot,
            segments.Length > 4 ? Date(segments[3]) : null,
            segments.Length > 5 ? Number(segments[4], "hr=", 23) : null,
            segments.Length > 6 ? Number(segments[5], "mi=", 59) : null);
        return true;
    }

    /// <summary>
    /// The same, where CSV files in folders that do not even try to follow the convention are taken too: each is a batch of
    /// its own, of the feed that its folder is.
    /// </summary>
    public static bool TryReadFlat(
        string key, [NotNullWhen(true)] out FeedDirectory? directory, [NotNullWhen(false)] out FeedKeyFault? fault)
    {
        if (TryRead(key, out directory, out fault))
            return true;
        if (!IsFlat(key))
            return false;
        var name = key.LastIndexOf('/') + 1;
        directory = new(key, name == 0 ? "/" : key[..name], FeedEncoding.Csv, Snapshot: false, Date: null, Hour: null, Minute: null) { File = key[name..] };
        fault = null;
        return true;
    }

    private static bool IsFlat(string key) =>
        key.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
        && !key.Split('/').Any(folder => Marks.Any(mark => folder.StartsWith(mark, StringComparison.Ordinal)));

    private static FeedKeyFault? Fault(string[] segments)
    {
        if (segments[0].Length == 0)
            return new(FeedCodes.KeyInvalid, "The feed's name is empty.");
        if (!segments[1].StartsWith("version=", StringComparison.Ordinal))
            return new(FeedCodes.KeyInvalid, $"The second folder is {Quotation.Of(segments[1])}; it must be version=N.");
        if (segments[1] != $"version={Version}")
            return new(FeedCodes.VersionUnknown, $"The folder is {Quotation.Of(segments[1])}; only version={Version} is known.");
        if (!segments[2].StartsWith("format=", StringComparison.Ordinal))
            return new(FeedCodes.KeyInvalid, $"The third folder is {Quotation.Of(segments[2])}; it must be format=FORMAT.");
        if (FormatOf(segments[2]) is null)
            return new(FeedCodes.FormatUnknown, $"The folder is {Quotation.Of(segments[2])}; known are csv, jsonl, snapshot_csv and snapshot_jsonl.");
        if (segments.Length > 4 && Date(segments[3]) is null)
            return new(FeedCodes.DateInvalid, $"The folder is {Quotation.Of(segments[3])}; it must be dt= and a day, such as dt=2025-04-10.");
        if (segments.Length > 5 && Number(segments[4], "hr=", 23) is null)
            return new(FeedCodes.DateInvalid, $"The folder is {Quotation.Of(segments[4])}; it must be hr= and two digits, 00 to 23.");
        if (segments.Length > 6 && Number(segments[5], "mi=", 59) is null)
            return new(FeedCodes.DateInvalid, $"The folder is {Quotation.Of(segments[5])}; it must be mi= and two digits, 00 to 59.");
        return segments[^1].Length == 0 ? new(FeedCodes.KeyInvalid, "The key ends with a slash: it names no file.") : null;
    }

    private static (FeedEncoding Encoding, bool Snapshot)? FormatOf(string segment) => segment switch
    {
        "format=csv" => (FeedEncoding.Csv, false),
        "format=jsonl" => (FeedEncoding.Jsonl, false),
        "format=snapshot_csv" => (FeedEncoding.Csv, true),
        "format=snapshot_jsonl" => (FeedEncoding.Jsonl, true),
        _ => null,
    };

    private static DateOnly? Date(string segment) =>
        segment.StartsWith("dt=", StringComparison.Ordinal)
        && DateOnly.TryParseExact(segment.AsSpan(3), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date > DateOnly.MinValue && date < DateOnly.MaxValue // which PostgreSQL has as infinite
            ? date
            : null;

    private static int? Number(string segment, string prefix, int most) =>
        segment.StartsWith(prefix, StringComparison.Ordinal) && segment.Length == prefix.Length + 2
        && int.TryParse(segment.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : null;
}

using System.Text;

namespace QualityIngest.Samples.Feeds;

/// <summary>
/// A believable bucket of feeds, made from a seed: a day's transcripts and call records, each in a directory that is sealed,
/// and the day's sales, which are still being uploaded. What ingestion must make of it is known by construction.
/// </summary>
public sealed record SampleFeeds
{
    /// <summary>The connector's path within the bucket.</summary>
    public const string Prefix = "imports/";

    private static readonly DateOnly Day = new(2026, 5, 4);

    /// <summary>What to upload, markers last.</summary>
    public required IReadOnlyList<SampleObject> Objects { get; init; }

    /// <summary>The directory, relative to <see cref="Prefix"/>, that no marker seals.</summary>
    public static string Unsealed { get; } = Directory("sales_methods_attribution", "csv");

    /// <summary>Conversations that the transcripts tell.</summary>
    public required int Conversations { get; init; }

    /// <summary>Messages of these.</summary>
    public required int Messages { get; init; }

    /// <summary>Call records, of which one is about a conversation that nothing else tells of.</summary>
    public required int CallRecords { get; init; }

    /// <summary>Makes a bucket of so many calls, at least 6; the same seed makes the same bytes.</summary>
    public static SampleFeeds Generate(int seed, int calls)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 6);
        var random = new Random(seed);
        var told = Enumerable.Range(1, calls).Select(number => PastCall.MakeUp(random, Day, number)).ToList();

        // Of the first no transcript was made; the second's row is broken, the third's stands twice.
        var messages = told.Skip(1).SelectMany(call => call.Messages()).ToArray();
        random.Shuffle(messages);
        string[] records = [PastCall.RecordHeader, .. told.Select((call, index) => index == 1 ? call.BrokenRecord() : call.Record()), told[2].Record()];
        string[] sales = [PastCall.SaleHeader, .. told.Where((_, index) => index % 3 == 0).Select(call => call.Sale())];

        var (transcripts, data) = (Directory("historical_transcripts", "jsonl"), Directory("call_center_issues", "csv"));
        return new SampleFeeds
        {
            Objects =
            [
                Lines($"{transcripts}part-0.jsonl", messages.Take(messages.Length / 2)),
                Lines($"{transcripts}part-1.jsonl", messages.Skip(messages.Length / 2)),
                Lines($"{data}calls.csv", records),
                Lines($"{Unsealed}sales.csv", sales),
                Lines($"{transcripts}_SUCCESS", []),
                Lines($"{data}_SUCCESS", []),
            ],
            Conversations = calls - 1,
            Messages = messages.Length,
            CallRecords = calls - 1,
        };
    }

    private static string Directory(string feed, string format) => $"{feed}/version=1/format={format}/dt={Day:yyyy-MM-dd}/";

    private static SampleObject Lines(string path, IEnumerable<string> lines) =>
        new(Prefix + path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), 1);
}

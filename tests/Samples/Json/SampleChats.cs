using System.Text;

namespace QualityIngest.Samples.Json;

/// <summary>An assistant that answers in chats by itself.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="ExternalId">What its conversations call it.</param>
public sealed record SampleAssistant(string Name, string ExternalId);

/// <summary>
/// A believable bucket in the format conversation-json, made from a seed: an array, a file of lines of which one is broken,
/// and two archives. What ingestion must make of it is known by construction.
/// </summary>
public sealed record SampleChats
{
    /// <summary>The connector's path within the bucket.</summary>
    public const string Prefix = "assistant/";

    private static readonly DateOnly FirstDay = new(2026, 5, 4);

    /// <summary>What to upload.</summary>
    public required IReadOnlyList<SampleObject> Objects { get; init; }

    /// <summary>The assistants to make as agents; they have no e-mail.</summary>
    public static IReadOnlyList<SampleAssistant> Assistants { get; } = [new("Piper", "agent-hp-001"), new("Piper (billing)", "agent-hp-002")];

    /// <summary>An assistant whom conversations name and who is left unknown at first.</summary>
    public static SampleAssistant Unknown { get; } = new("Piper (returns)", "agent-hp-003");

    /// <summary>What stands once it is ingested.</summary>
    public required Expected AfterIngestion { get; init; }

    /// <summary>Makes a bucket of so many conversations a file, at least 6; the same seed makes the same bytes.</summary>
    public static SampleChats Generate(int seed, int perFile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perFile, 6);
        var chats = new ChatRecords(new Random(seed), FirstDay);
        var array = chats.Make(day: 0, perFile);
        var lines = chats.Make(day: 1, perFile);
        var zipped = (Document: chats.Make(day: 2, perFile / 2), Lines: chats.Make(day: 2, perFile - perFile / 2));
        var tarred = chats.Make(day: 3, perFile);

        string[] arrayText = [.. array.Select(chat => chat.Text), array[1].Text];
        string[] linesText = [.. lines.Select(chat => chat.Text), ChatRecords.Corrected(lines[2]).Text];
        linesText[4] = linesText[4][..(linesText[4].Length / 2)];
        string[] linesOfZip = [ChatRecords.Foreign(zipped.Lines[0]).Text, .. zipped.Lines.Skip(1).Select(chat => chat.Text)];

        var whole = (array.Count + lines.Count + zipped.Document.Count + zipped.Lines.Count + tarred.Count) - 2;
        var held = new[] { array, lines, zipped.Document, zipped.Lines, tarred }.Sum(file => file.Count(chat => chat.Assistant == Unknown));
        return new SampleChats
        {
            Objects =
            [
                new(Prefix + "2026/05/04/chats.json", Utf8($"[\n{string.Join(",\n", arrayText)}\n]\n"), 1),
                new(Prefix + "2026/05/05/chats.jsonl", Utf8(string.Join('\n', linesText) + "\n"), 1),
                new(Prefix + "2026/05/06/chats.zip", Packed.Zip(
                    ("morning/chats.json", Utf8($"[{string.Join(',', zipped.Document.Select(chat => chat.Text))}]")),
                    ("evening/chats.jsonl", Utf8(string.Join('\n', linesOfZip)))), 1),
                new(Prefix + "2026/05/07/chats.tar.gz", Packed.TarGz(("chats.jsonl", Utf8(string.Join('\n', tarred.Select(chat => chat.Text))))), 1),
                new(Prefix + "README.txt", Utf8("Chats of our assistant, a file a day.\n"), 1),
            ],
            AfterIngestion = new Expected
            {
                Files = 4,
                PartialFiles = 2,
                Accepted = whole - held + 1,
                Held = held,
                Duplicate = 1,
                RejectedByCode = new Dictionary<string, int> { ["json_truncated"] = 1, ["conversation_mismatch"] = 1 },
                Completed = whole - held,
                HeldForAgent = held,
            },
        };
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

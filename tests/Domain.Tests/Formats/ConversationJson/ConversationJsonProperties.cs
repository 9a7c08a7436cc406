using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Transcripts;
using static QualityIngest.Domain.Tests.Formats.Conversations;

namespace QualityIngest.Domain.Tests.Formats;

/// <summary>What holds for every file of conversations, however it is cut, spoiled or delivered.</summary>
public sealed class ConversationJsonProperties
{
    private static readonly ConversationJsonOptions Tight = new() { ConversationBytes = 3_000, Archives = new() { ExpandedBytes = 1 << 20, MemberBytes = 1 << 19, Members = 20 } };

    private static readonly string[] Elements =
    [
        Sample, "7", Small("größe"), Small("x").Replace("Hi", "\\ud83d\\ude00 \\ud800", StringComparison.Ordinal), Small("b").Replace("Hi", new string('x', 4_000), StringComparison.Ordinal),
        With("\"csat_score\": 4.5", "\"is_resolved\": false, \"x\": [1e400, {\"a\": 1, \"a\": 2}]"), With("245", new string('[', 70) + new string(']', 70)), Small("c"),
    ];

    private static readonly byte[] Document = Bytes($"\uFEFF{Array(Elements)}\n");
    private static readonly byte[] Lines = Bytes($"\uFEFF{string.Join("\r\n", Elements.Select(element => element.ReplaceLineEndings(" ")))}\n\n");

    private static readonly (string Name, byte[] Bytes)[] Files =
    [
        ("f.json", Document),
        ("f.jsonl", Lines),
        ("f.json.gz", Packing.Gzip(Document)),
        ("f.zip", Packing.Zip(("a.json", Encoding.UTF8.GetString(Document)), ("b.txt", "x"), ("c.jsonl", Encoding.UTF8.GetString(Lines)))),
        ("f.tgz", Packing.Tgz(("a.json", Encoding.UTF8.GetString(Document)), ("b.txt", "x"), ("c.jsonl", Encoding.UTF8.GetString(Lines)))),
    ];

    [Fact]
    public void The_files_hold_what_they_are_meant_to() =>
        Assert.Equal(
            ["1 conv-1", "2 wrong_type", "3 größe", "4 escape_invalid", "5 record_too_large", "6 duplicate_member", "7 json_too_deep", "8 c"],
            Conversations.Told(Items("f.json", Document)));

    [Fact]
    public void Any_split_of_the_bytes_gives_the_same_items()
    {
        foreach (var (name, bytes) in Files)
        {
            var whole = Told(Items(name, bytes));

            Check(Gen.ListOf(Gen.Choose(1, 60)), sizes => Told(Items(name, new SplitStream(bytes, [.. sizes]))) == whole, 60);
            Assert.Equal(whole, Told(Items(name, new SplitStream(bytes, [1]))));
        }
    }

    [Fact]
    public void Any_truncation_gives_items_or_located_errors() =>
        Check(
            from file in Gen.Elements(Files)
            from length in Gen.Choose(0, file.Bytes.Length)
            select (file.Name, Bytes: file.Bytes[..length]),
            file => AreSound(Items(file.Name, file.Bytes)));

    [Fact]
    public void Any_bits_flipped_give_items_or_located_errors() =>
        Check(
            from file in Gen.Elements(Files)
            from bits in Gen.ListOf(Gen.Choose(0, file.Bytes.Length * 8 - 1))
            select (file.Name, Bytes: Flipped(file.Bytes, bits)),
            file => AreSound(Items(file.Name, file.Bytes)), 1_500);

    [Fact]
    public void Any_text_of_structure_gives_items_or_located_errors() =>
        Check(
            Gen.ListOf(Gen.Elements(
                "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\u0000", " ", "\n", "\t", "\0", "é", "null", "true", "-", "0", "1e9", "\"messages\"", "\"role\"", "\"timestamp\":", "\"2025-04-10T14:30:00Z\"", Small("x"))),
            parts => AreSound(Items("f.json", Bytes(string.Concat(parts)))) && AreSound(Items("f.jsonl", Bytes("[" + string.Concat(parts)))), 1_500);

    [Fact]
    public void What_is_accepted_is_what_any_other_reader_sees() =>
        Check(
            Gen.ListOf(Gen.Choose(0, Bytes(Sample).Length * 8 - 1)).Select(bits => Flipped(Bytes(Sample), bits.Take(3))),
            bytes =>
            {
                if (Items("f.json", bytes) is not [ValidRow { Conversation: var conversation }]) return true;
                using var other = JsonDocument.Parse(bytes);
                var root = other.RootElement;
                return root.GetProperty("conversation_id").GetString() == conversation.ExternalId
                    && root.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").GetString())
                        .Order(StringComparer.Ordinal).SequenceEqual(conversation.Transcribed!.Utterances.Select(utterance => utterance.Text).Order(StringComparer.Ordinal))
                    && (conversation.Members is null || JsonDocument.Parse(conversation.Members).RootElement.EnumerateObject().All(member => JsonElement.DeepEquals(root.GetProperty(member.Name), member.Value)));
            },
            1_500);

    private static void Check<T>(Gen<T> generator, Func<T, bool> holds, int times = 400) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(times).WithReplay(0x5EED, 0x5EED1), Prop.ForAll(generator.ToArbitrary(), holds));

    private static byte[] Flipped(byte[] file, IEnumerable<int> bits)
    {
        var flipped = file.ToArray();
        foreach (var bit in bits) flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static List<FormatItem> Items(string name, byte[] bytes) => Items(name, new MemoryStream(bytes));

    private static List<FormatItem> Items(string name, Stream stream)
    {
        var clock = Stopwatch.StartNew();
        var items = Read(stream, name, Tight).GetAwaiter().GetResult();
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
        return items;
    }

    private static bool AreSound(List<FormatItem> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Line != i + 1) return false;
            if (items[i] is FileError && i < items.Count - 1) return false;
            if (items[i] is RejectedRow row && (row.Errors.Count == 0 || !row.Errors.All(IsSound))) return false;
            if (items[i] is ValidRow { Conversation: var valid } && !IsSound(valid)) return false;
        }
        return true;
    }

    private static bool IsSound(RowError error) =>
        error.Message.Length > 0 && !error.Message.Any(char.IsControl) && (error.Field is null || (error.Field.StartsWith('$') && !error.Field.Any(char.IsControl)));

    private static bool IsSound(ParsedConversation conversation)
    {
        if (conversation.ExternalId.Length == 0 || conversation.EndedAt < conversation.StartedAt || conversation.Transcribed!.Utterances.Count == 0) return false;
        var written = Written(conversation.Transcribed);
        return !written.Contains('\0', StringComparison.Ordinal) && !written.Contains("\\u0000", StringComparison.OrdinalIgnoreCase)
            && Written(TranscriptJson.Read(Bytes(written))) == written;
    }

    private static string Told(List<FormatItem> items) => string.Join('\n', items.Select(item => item switch
    {
        ValidRow row => $"{JsonSerializer.Serialize(row)} {Written(row.Conversation.Transcribed!)} {row.Conversation.Members}",
        _ => JsonSerializer.Serialize(item, item.GetType()),
    }));

    private static string Written(Transcript transcript)
    {
        var output = new ArrayBufferWriter<byte>();
        TranscriptJson.Write(output, transcript);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

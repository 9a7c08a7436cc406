using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Csv;
using QualityIngest.Domain.Formats.Transcripts;
using QualityIngest.Domain.Tests.Formats.Transcripts;

namespace QualityIngest.Domain.Tests.Formats;

/// <summary>What holds for every file, however it is cut, spoiled or delivered.</summary>
public sealed class FormatProperties
{
    private static readonly QualityCsvOptions Tight = new() { Limits = new CsvLimits { FieldBytes = 150, RecordBytes = 700, Columns = 40 } };

    private static readonly byte[] File = Encoding.UTF8.GetBytes(
        "\uFEFF" + QualityRows.File(
            QualityRows.Voice.With(("note", "größer, \"quoted\"\r\nand on\rand on\n")), QualityRows.Chat, QualityRows.Stereo,
            QualityRows.Mono, QualityRows.Voice.With(("queueId", ""), ("conversationId", "🎧")), QualityRows.Voice.With(("note", new string('x', 200)))));

    private static readonly byte[] VoiceJson = Encoding.UTF8.GetBytes(Documents.Voice.Replace("sure", "grüß \\u00e4", StringComparison.Ordinal));
    private static readonly byte[] ChatJson = Encoding.UTF8.GetBytes(Documents.Chat.Replace("Hello", "你好 \\ud83d\\ude00", StringComparison.Ordinal));

    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Fact]
    public async Task Any_split_of_the_bytes_gives_the_same_items()
    {
        var whole = Told(await QualityRows.Read(File, Tight));

        Check(Gen.ListOf(Gen.Choose(1, 40)), sizes =>
            Told(QualityRows.Read(new SplitStream(File, [.. sizes]), Tight).GetAwaiter().GetResult()) == whole);
        Assert.Equal(whole, Told(await QualityRows.Read(new SplitStream(File, [1]), Tight)));
    }

    [Fact]
    public void Any_truncation_gives_items_or_located_errors() =>
        Check(Gen.Choose(0, File.Length), length => AreSound(Items(File[..length])));

    [Fact]
    public void Any_bytes_changed_give_items_or_located_errors() =>
        Check(Gen.ListOf(Change(File.Length)), changes => AreSound(Items(Changed(File, changes))));

    [Fact]
    public void Any_text_of_structure_gives_items_or_located_errors() =>
        Check(
            Gen.ListOf(Gen.Elements("\"", "\"\"", ",", "\r", "\n", "\r\n", " ", "x", "é", "\0", "2025-04-10T14:30:00Z", "voice")),
            parts => AreSound(Items([.. File[..(Array.IndexOf(File, (byte)'\n') + 1)], .. Encoding.UTF8.GetBytes(string.Concat(parts))])));

    [Fact]
    public void The_scanner_and_the_parser_see_the_same_fields() =>
        Check(Gen.ListOf(Gen.Elements("", "x", "a b", "a,b", "say \"hi\"", "\"", "line\r\nend", "\r", "\n", " ", "é🎧")), values =>
        {
            if (values.Count == 0) return true;
            var record = Encoding.UTF8.GetBytes(string.Join(',', values.Select(value => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
            using var scanner = new RecordScanner(new MemoryStream(record), new CsvLimits());
            using var fields = new RecordFields();
            if (!scanner.ReadAsync(default).AsTask().GetAwaiter().GetResult() || scanner.Fault is not RecordFault.None) return false;
            return scanner.Fields == values.Count && fields.Read(scanner.Record) < 0
                && Enumerable.Range(0, values.Count).All(i => fields[i] == values[i]);
        });

    [Fact]
    public void Any_truncation_of_a_transcript_is_a_located_error()
    {
        for (var length = 0; length < VoiceJson.Length; length++) AssertRefused(Documents.ReadVoice(VoiceJson[..length]), length);
        for (var length = 0; length < ChatJson.Length; length++) AssertRefused(Documents.ReadChat(ChatJson[..length]), length);
    }

    [Fact]
    public void Any_bytes_changed_in_a_transcript_give_a_transcript_or_a_located_error()
    {
        Check(Gen.ListOf(Change(VoiceJson.Length)), changes => IsSound(Documents.ReadVoice(Changed(VoiceJson, changes)), VoiceJson.Length));
        Check(Gen.ListOf(Change(ChatJson.Length)), changes => IsSound(Documents.ReadChat(Changed(ChatJson, changes)), ChatJson.Length));
    }

    [Fact]
    public async Task A_field_of_a_gigabyte_is_refused_within_a_few_megabytes()
    {
        var header = Encoding.UTF8.GetBytes(string.Join(',', QualityRows.Voice.Keys) + "\n\"");
        var good = Encoding.UTF8.GetBytes("\"\n" + string.Join(',', QualityRows.Voice.Values) + "\n");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var items = await QualityRows.Read(new EndlessStream(header, 1L << 30, good));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 16 << 20);
        Assert.Equal("field_too_large", Assert.Single(Assert.IsType<RejectedRow>(items[0]).Errors).Code);
        Assert.Equal(3, Assert.IsType<ValidRow>(items[1]).Line);
    }

    private static void Check<T>(Gen<T> generator, Func<T, bool> holds) => FsCheck.Check.One(Quick, Prop.ForAll(generator.ToArbitrary(), holds));

    private static Gen<(int At, int Value)> Change(int length) =>
        from at in Gen.Choose(0, length - 1)
        from value in Gen.Choose(0, 255)
        select (at, value);

    private static byte[] Changed(byte[] file, IEnumerable<(int At, int Value)> changes)
    {
        var changed = file.ToArray();
        foreach (var (at, value) in changes) changed[at] = (byte)value;
        return changed;
    }

    private static List<FormatItem> Items(byte[] file) => QualityRows.Read(file, Tight).GetAwaiter().GetResult();

    private static bool AreSound(List<FormatItem> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Line < 1 || (i > 0 && items[i].Line <= items[i - 1].Line)) return false;
            if (items[i] is FileError && i < items.Count - 1) return false;
            if (items[i] is RejectedRow row && (row.Errors.Count == 0 || row.Errors.Any(error => error.Message.Contains('\0', StringComparison.Ordinal)))) return false;
            if (items[i] is ValidRow { Conversation: var valid } && (valid.ExternalId.Length == 0 || valid.EndedAt <= valid.StartedAt)) return false;
        }
        return true;
    }

    private static string Told(List<FormatItem> items) =>
        string.Join('\n', items.Select(item => JsonSerializer.Serialize(item, item.GetType())));

    private static void AssertRefused(TranscriptOutcome outcome, int length)
    {
        var error = Assert.IsType<TranscriptError>(outcome);
        Assert.InRange(error.Position, 0, length);
        Assert.Contains(error.Code, new[] { TranscriptCodes.JsonTruncated, TranscriptCodes.InvalidUtf8, TranscriptCodes.EmptyTranscript });
    }

    private static bool IsSound(TranscriptOutcome outcome, int length) => outcome switch
    {
        TranscriptError error => error.Position >= 0 && error.Position <= length && error.Path.StartsWith('$') && error.Message.Length > 0,
        Transcript transcript => transcript.Utterances.All(utterance => utterance.EndMs is null || utterance.EndMs >= utterance.StartMs),
        _ => false,
    };
}

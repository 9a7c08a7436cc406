using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Recordings;

/// <summary>Two-channel recordings, decoded and measured by the real thing.</summary>
[Collection(IngestCollection.Name)]
public sealed class StereoTests(IngestHost host)
{
    [SkippableTheory]
    [InlineData("0,1", false)]
    [InlineData("1,0", true)]
    public async Task A_recorded_call_is_measured_by_the_channel_of_each_party(string channels, bool swapped)
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutSound("s-1", swapped ? SoundFiles.Swapped : SoundFiles.Stereo);
        await bucket.PutCalls("day.csv", Calls.Stereo("s-1", channels: channels));

        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1);
        var call = await bucket.Conversation("s-1");
        Assert.Equal((ConversationStatus.Completed, AnalyticsLevel.Full, RecordingType.Stereo), (call.Status, call.AnalyticsLevel, call.RecordingType));
        call.Metrics.HeardRight();
        Assert.Empty(call.Warnings);
        Assert.Null(call.HeldAt);
        Assert.Null(call.Metrics!.AgentWordsPerMinute);
        Assert.Equal(["conversation_received", "recording_measured", "conversation_completed"], await bucket.EventsOf(call.Id));
        using var http = host.Http(bucket.Tenant.Secret);
        Assert.NotEmpty(await http.GetStringAsync(new Uri($"v1/conversations/{call.Id}/waveform", UriKind.Relative)));
        var recording = Assert.Single((await bucket.Client.GetRecordingAsync(call.Id, null)).Files);
        Assert.Equal((RecordingSide.Stereo, "audio/wav", false), (recording.Side, recording.ContentType, recording.Changed));
    }

    [SkippableFact]
    public async Task A_transcript_beside_a_recording_gives_the_words_and_the_sound_their_times()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutSound("s-1", SoundFiles.Stereo);
        await PutTranscript(bucket, "s-1");
        await bucket.PutCalls("day.csv", Calls.Stereo("s-1", transcript: "text/s-1.json"));

        await bucket.Ingest();

        var call = await bucket.Conversation("s-1");
        Assert.Equal(
            ["conversation_received", "recording_measured", "transcript_attached", "conversation_completed"], await bucket.EventsOf(call.Id));
        call.Metrics.HeardRight();
        Assert.Equal((1, 3), (call.Metrics!.Utterances, call.Metrics.AgentWords));
        Assert.Equal(Math.Round(3 / (call.Metrics.AgentTalkMs!.Value / 60_000.0), 2), call.Metrics.AgentWordsPerMinute);
        Assert.Equal("good morning there", Assert.Single((await bucket.Client.GetTranscriptAsync(call.Id)).Utterances).Text);
    }

    [SkippableFact]
    public async Task A_transcript_that_is_missing_or_broken_leaves_the_recording_its_numbers_and_a_retry_attaches_it()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutSound("s-1", SoundFiles.Stereo);
        await bucket.PutSound("s-2", SoundFiles.Stereo);
        await bucket.S3.Put(bucket.Bucket, "calls/text/s-2.json", "no transcript");
        await bucket.PutCalls("day.csv", Calls.Stereo("s-1", transcript: "text/s-1.json"), Calls.Stereo("s-2", transcript: "text/s-2.json"));

        await bucket.Ingest();

        foreach (var (id, code) in new[] { ("s-1", "object_missing"), ("s-2", "json_invalid") })
        {
            var call = await bucket.Conversation(id);
            Assert.Equal((ConversationStatus.Completed, "transcript_unavailable"), (call.Status, Assert.Single(call.Warnings)));
            call.Metrics.HeardRight();
            var completed = (await bucket.Client.ListConversationEventsAsync(call.Id)).Single(e => e.Type == "conversation_completed");
            Assert.Contains($"\"transcriptCode\":\"{code}\"", JsonSerializer.Serialize(completed.Data), StringComparison.Ordinal);
        }

        await PutTranscript(bucket, "s-1");
        var first = await bucket.Conversation("s-1");
        await bucket.Client.RetryConversationAsync(first.Id);
        await bucket.Idle();

        var again = await bucket.Conversation("s-1");
        Assert.Equal((ConversationStatus.Completed, 3), (again.Status, again.Metrics!.AgentWords));
        Assert.Empty(again.Warnings);
    }

    [SkippableFact]
    public async Task What_is_no_stereo_recording_fails_by_name()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutSound("one", SoundFiles.Agent);
        await bucket.PutSound("three", SoundFiles.Three);
        await bucket.PutSound("text", "RIFF, but no sound"u8.ToArray());
        await bucket.PutSound("empty", []);
        await bucket.PutCalls(
            "day.csv", Calls.Stereo("one"), Calls.Stereo("three"), Calls.Stereo("text"), Calls.Stereo("empty"), Calls.Stereo("missing"));

        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 5);
        foreach (var (id, code, retryable) in new[]
        {
            ("one", "not_stereo", false), ("three", "not_stereo", false), ("text", "unsupported_audio", false),
            ("empty", "unsupported_audio", false), ("missing", "object_missing", true),
        })
        {
            var call = await bucket.Conversation(id);
            Assert.Equal((ConversationStatus.Failed, code, retryable), (call.Status, call.ErrorCode, call.Retryable));
            Assert.NotEmpty(call.ErrorDetail!);
            Assert.Null(call.Metrics);
        }
    }

    [SkippableFact]
    public async Task Channels_of_one_sound_and_lengths_that_differ_are_warned_of()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutSound("s-1", SoundFiles.Identical);
        await bucket.PutCalls("day.csv", Calls.Stereo("s-1", seconds: 10));

        await bucket.Ingest();

        var call = await bucket.Conversation("s-1");
        Assert.Equal((ConversationStatus.Completed, 10_000, 4_000), (call.Status, call.Metrics!.DurationMs, call.Metrics.RecordingMs));
        Assert.Equal(["channels_identical", "duration_differs"], call.Warnings);
        Assert.Null(call.Metrics.AgentTalkMs);
        Assert.NotNull(call.Metrics.SilenceMs);
        var waveform = await bucket.Client.GetWaveformAsync(call.Id);
        Assert.False(waveform.PartiesKnown);
        Assert.Empty(waveform.Overtalk);
    }

    [SkippableFact]
    public async Task What_was_measured_is_exported_as_lines_and_as_a_table_with_every_number()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutSound("s-1", SoundFiles.Stereo);
        await bucket.PutCalls("day.csv", Calls.Stereo("s-1", channels: ","));
        await bucket.Ingest();
        var call = await bucket.Conversation("s-1");

        using var lines = await bucket.Client.ExportConversationsAsync();
        using var table = await bucket.Client.ExportConversationTableAsync();

        var told = JsonDocument.Parse(await new StreamReader(lines.Stream).ReadToEndAsync()).RootElement.GetProperty("conversation");
        Assert.Equal("full", told.GetProperty("analyticsLevel").GetString());
        var metrics = told.GetProperty("metrics").EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetRawText());
        Assert.Equal($"{call.Metrics!.AgentTalkMs}", metrics["agentTalkMs"]);
        var rows = (await new StreamReader(table.Stream).ReadToEndAsync()).TrimStart('\uFEFF').Split("\r\n");
        var row = rows[0].Split(',').Zip(rows[1].Split(',')).ToDictionary(column => column.First, column => column.Second);
        Assert.Equal(("full", "channels_defaulted"), (row["analyticsLevel"], row["warnings"]));
        Assert.All(metrics, number => Assert.Equal(number.Value == "null" ? "" : number.Value, row[number.Key]));
    }

    [SkippableFact]
    public async Task Rows_of_recordings_are_valid_before_anything_is_stored()
    {
        var tenant = await host.NewTenant();
        var csv = string.Join('\n', Calls.Header, Calls.Stereo("s-1"), Calls.Mono("m-1"), Calls.AgentSide("m-2"), Calls.CustomerSide("m-3", "a.wav;b.wav"));
        using var http = host.Http(tenant.Secret);

        using var answer = await http.PostAsync(
            new Uri("v1/formats/quality-csv/validate", UriKind.Relative), new StringContent(csv, Encoding.UTF8, "text/csv"));

        var report = (await answer.Content.ReadFromJsonAsync<ValidationReport>())!;
        Assert.Equal((4, 3, 1), (report.RowsRead, report.RowsValid, report.RowsRejected));
        Assert.Equal((5, "customerRecordings", "locator_list"), Assert.Single(report.Faults) switch { var fault => (fault.Line, fault.Field, fault.Code) });
    }

    [SkippableFact]
    public async Task A_retry_measures_a_recording_that_was_replaced()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutSound("s-1", SoundFiles.Agent);
        await bucket.PutCalls("day.csv", Calls.Stereo("s-1"));
        await bucket.Ingest();
        var failed = await bucket.Conversation("s-1");
        Assert.Equal("not_stereo", failed.ErrorCode);

        await bucket.PutSound("s-1", SoundFiles.Stereo);
        await bucket.Client.RetryConversationAsync(failed.Id);
        await bucket.Idle();

        (await bucket.Conversation("s-1")).Metrics.HeardRight();
    }

    private static Task<string> PutTranscript(Arranged bucket, string id) => bucket.S3.Put(bucket.Bucket, $"calls/text/{id}.json", """
        {"recognizedPhrases":[{"recognitionStatus":"Success","channel":0,"offsetInTicks":3000000,"durationInTicks":10000000,
          "nBest":[{"confidence":0.9,"lexical":"good morning there"}]}]}
        """);
}

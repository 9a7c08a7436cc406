using System.Net;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Recordings;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>Recordings of feeds are their conversations' by name, whichever of them comes first, and are measured like any other.</summary>
[Collection(FeedCollection.Name)]
public sealed class FeedRecordingTests(FeedHost host)
{
    private static readonly HttpClient Anybody = new();
    private static readonly string Recordings = Directory("call_recordings");
    private static readonly string Transcripts = Directory("historical_transcripts");

    private static readonly string[] Chat =
    [
        TranscriptHeader, Message("c-1", "one two three", role: "agent"), Message("c-1", "four", "2025-06-10T10:00:04Z", "customer"),
    ];

    [SkippableFact]
    public async Task A_recording_that_comes_first_waits_for_its_conversation_and_is_measured_with_it()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutRecordings(("c-1.wav", SoundFiles.Stereo));
        var batch = await bucket.Ingested(Recordings);
        Assert.Equal((BatchStatus.Imported, 1, 0), (batch.Status, batch.Counts.Rows.Accepted, batch.Conversations.Received ?? 0));
        Assert.Empty(await bucket.ConversationIds());

        await bucket.PutSealed(Transcripts, Chat);
        await bucket.Ingest();

        var call = await bucket.Conversation("c-1");
        Assert.Equal(
            (ConversationStatus.Completed, Channel.Voice, RecordingType.Recording, AnalyticsLevel.Full, 1),
            (call.Status, call.Channel, call.RecordingType, call.AnalyticsLevel, call.Revision));
        Assert.Equal(["channels_defaulted"], call.Warnings);
        Assert.Equal((3, 1, 2, SoundFiles.DurationMs), (call.Metrics!.AgentWords, call.Metrics.CustomerWords, call.Metrics.Utterances, call.Metrics.RecordingMs));
        Assert.InRange(call.Metrics.AgentTalkMs!.Value, 1_100, 2_100);
        Assert.Equal(["one two three", "four"], await bucket.Said("c-1"));
        Assert.Equal(
            ["conversation_received", "transcript_attached", "recording_measured", "conversation_completed"], await bucket.EventsOf(call.Id));
    }

    [SkippableFact]
    public async Task A_recording_that_comes_later_adds_its_sound_and_can_be_heard_and_seen()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Transcripts, Chat);
        await bucket.Ingest();
        await bucket.PutRecordings(("c-1.mp3.wav", SoundFiles.Stereo), ("c-1.wav", SoundFiles.Stereo));
        await bucket.Ingest();

        var call = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, Channel.Voice, 2), (call.Status, call.Channel, call.Revision));
        var file = Assert.Single((await bucket.Client.GetRecordingAsync(call.Id)).Files);
        Assert.Equal((RecordingSide.Stereo, "audio/wav", false), (file.Side, file.ContentType, file.Changed));
        using var heard = await Anybody.GetAsync(new Uri(file.Url));
        Assert.Equal((HttpStatusCode.OK, SoundFiles.Stereo.Length), (heard.StatusCode, (await heard.Content.ReadAsByteArrayAsync()).Length));
        var seen = await bucket.Client.GetWaveformAsync(call.Id);
        Assert.Equal((SoundFiles.DurationMs, true), (seen.DurationMs, seen.PartiesKnown));
        Assert.Equal(["one two three", "four"], await bucket.Said("c-1"));
    }

    [SkippableFact]
    public async Task Of_one_channel_for_both_length_and_level_are_known_and_the_words_stay()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Transcripts, Chat);
        await bucket.PutRecordings(("c-1.wav", SoundFiles.Agent));
        await bucket.Ingest();

        var call = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, AnalyticsLevel.Text), (call.Status, call.AnalyticsLevel));
        Assert.Contains("one_channel", call.Warnings);
        Assert.Equal((SoundFiles.DurationMs, null, 3), (call.Metrics!.RecordingMs, call.Metrics.AgentTalkMs, call.Metrics.AgentWords));
        Assert.Equal(call.Metrics.AgentRmsDbfs, call.Metrics.CustomerRmsDbfs);
        Assert.NotNull(call.Metrics.AgentRmsDbfs);
        Assert.Equal(RecordingSide.Mixed, Assert.Single((await bucket.Client.GetRecordingAsync(call.Id)).Files).Side);
        Assert.False((await bucket.Client.GetWaveformAsync(call.Id)).PartiesKnown);
        using var picture = await bucket.Client.DrawWaveformAsync(call.Id);
        Assert.Equal(200, picture.StatusCode);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_words_a_call_record_gives_a_recording_its_times(bool callFirst)
    {
        var bucket = await host.ArrangeFeeds();
        Func<Task>[] steps =
        [
            () => bucket.PutSealed(Directory("call_center_issues"), CallHeader, Call("c-1")),
            () => bucket.PutRecordings(("c-1.wav", SoundFiles.Stereo)),
        ];
        await steps[callFirst ? 0 : 1]();
        await bucket.Ingest();
        Assert.Empty(await bucket.ConversationIds());
        await steps[callFirst ? 1 : 0]();
        await bucket.Ingest();

        var call = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, 300_000), (call.Status, call.Metrics!.DurationMs));
        Assert.Equal(["channels_defaulted", "duration_differs"], call.Warnings.Order());
        Assert.Equal(call.Id, Assert.Single((await bucket.Client.ListCallRecordsAsync()).Items).ConversationId);
    }

    [SkippableFact]
    public async Task Another_recording_in_a_resealed_batch_is_the_next_revision_and_none_is_too()
    {
        var bucket = await host.ArrangeFeeds();
        // One after the other: of two batches that are imported at once either may come first, and words alone are a revision.
        await bucket.PutRecordings(("c-1.wav", SoundFiles.Agent));
        await bucket.Ingest();
        await bucket.PutSealed(Transcripts, Chat);
        await bucket.Ingest();
        await bucket.PutRecordings(("c-1.wav", SoundFiles.Stereo));
        await bucket.Ingest();

        var second = await bucket.Conversation("c-1");
        Assert.Equal((2, AnalyticsLevel.Full), (second.Revision, second.AnalyticsLevel));
        Assert.Equal(["one two three", "four"], await bucket.Said("c-1"));

        await bucket.S3.Delete(bucket.Bucket, $"calls/{Recordings}c-1.wav");
        await bucket.Seal(Recordings);
        await bucket.Ingest();

        var third = await bucket.Conversation("c-1");
        Assert.Equal((3, ConversationStatus.Completed, Channel.Unknown, RecordingType.Transcription), (third.Revision, third.Status, third.Channel, third.RecordingType));
        Assert.Null(third.Metrics!.RecordingMs);
        Assert.Equal(["one two three", "four"], await bucket.Said("c-1"));
    }

    [SkippableFact]
    public async Task A_recording_that_was_replaced_before_it_was_measured_is_left_out_until_its_batch_is_sealed_again()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutRecordings(("c-1.wav", SoundFiles.Agent));
        await bucket.Ingest();
        await bucket.S3.Put(bucket.Bucket, $"calls/{Recordings}c-1.wav", SoundFiles.Stereo);
        await bucket.PutSealed(Transcripts, Chat);
        await bucket.Ingest();

        var without = await bucket.Conversation("c-1");
        Assert.Equal(ConversationStatus.Completed, without.Status);
        Assert.Equal(["recording_unavailable"], without.Warnings);
        Assert.Equal((null, 3), (without.Metrics!.RecordingMs, without.Metrics.AgentWords));
        Assert.Equal(["one two three", "four"], await bucket.Said("c-1"));

        await bucket.Seal(Recordings);
        await bucket.Ingest();
        var with = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, AnalyticsLevel.Full, 2), (with.Status, with.AnalyticsLevel, with.Revision));
    }

    [SkippableFact]
    public async Task What_is_no_sound_is_left_out_beside_words_and_fails_without_them()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Transcripts, Chat);
        await bucket.PutSealed(Directory("call_center_issues"), CallHeader, Call("c-2"));
        await bucket.PutRecordings(("c-1.wav", [1, 2, 3, 4]), ("c-2.wav", SoundFiles.Three));
        await bucket.Ingest();

        var (worded, wordless) = (await bucket.Conversation("c-1"), await bucket.Conversation("c-2"));
        Assert.Equal((ConversationStatus.Completed, "recording_unavailable"), (worded.Status, Assert.Single(worded.Warnings)));
        Assert.Equal((ConversationStatus.Failed, "not_stereo"), (wordless.Status, wordless.ErrorCode));

        await bucket.PutRecordings(("c-1.wav", [1, 2, 3, 4]), ("c-2.wav", SoundFiles.Stereo));
        await bucket.Ingest();
        Assert.Equal((ConversationStatus.Completed, 2), await bucket.Conversation("c-2") is var mended ? (mended.Status, mended.Revision) : default);
    }

    [SkippableFact]
    public async Task A_retry_measures_again_and_keeps_the_words()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Transcripts, Chat);
        await bucket.PutRecordings(("c-1.wav", SoundFiles.Stereo));
        await bucket.Ingest();
        var before = await bucket.Conversation("c-1");

        await bucket.Client.RetryConversationAsync(before.Id);
        await bucket.Idle();

        var after = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, before.Revision, before.Metrics), (after.Status, after.Revision, after.Metrics));
        Assert.Equal(["one two three", "four"], await bucket.Said("c-1"));
    }

    [SkippableFact]
    public async Task Names_that_are_no_ids_are_refused_and_of_two_files_of_one_name_the_later_key_counts()
    {
        var bucket = await host.ArrangeFeeds();
        var longName = $"{new string('c', 201)}.wav";
        await bucket.PutSealed(Transcripts, Chat);
        await bucket.PutRecordings(("c-1.MP3", SoundFiles.Agent), ("c-1.wav", SoundFiles.Stereo), (longName, SoundFiles.Agent), ("notes.txt", [1]));

        var batch = await bucket.Ingested(Recordings);

        Assert.Equal(
            (BatchStatus.Imported, 3, 3, 1, 1, 1),
            (batch.Status, batch.Counts.Files, batch.Counts.Rows.RowsRead, batch.Counts.Rows.Accepted, batch.Counts.Rows.Superseded, batch.Counts.Rows.Rejected));
        Assert.Equal(AnalyticsLevel.Full, (await bucket.Conversation("c-1")).AnalyticsLevel);
        Assert.Equal([(1, "key", "too_long")], await bucket.FaultsOf(await bucket.FileOf(Recordings + longName)));
        Assert.Equal((FileStatus.Skipped, "not_a_recording"), await bucket.FileOf($"{Recordings}notes.txt") is var other ? (other.Status, other.ErrorCode) : default);
    }

    [SkippableFact]
    public async Task Words_and_recordings_of_two_connectors_meet_in_their_namespace()
    {
        var bucket = await host.ArrangeFeeds(change: input => input with { Namespace = "calls" });
        var other = await FeedHost.Another(bucket, "sound/", new() { FixedKind = FeedKind.CallRecordings }, input => input with { Namespace = "calls" });
        await bucket.S3.Put(bucket.Bucket, $"sound/{Directory("anything")}c-1.wav", SoundFiles.Stereo);
        await bucket.S3.Put(bucket.Bucket, $"sound/{Directory("anything")}_SUCCESS", "");
        await bucket.Ingest(other.Id);
        await bucket.PutSealed(Transcripts, Chat);
        await bucket.Ingest();

        var call = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, AnalyticsLevel.Full), (call.Status, call.AnalyticsLevel));
        Assert.Single((await bucket.Client.GetRecordingAsync(call.Id)).Files);
    }
}

/// <summary>Puts recordings.</summary>
internal static class RecordingFiles
{
    /// <summary>Puts recordings of a day and seals it.</summary>
    public static async Task PutRecordings(this Arranged bucket, params (string Name, byte[] Sound)[] recordings)
    {
        foreach (var (name, sound) in recordings)
            await bucket.S3.Put(bucket.Bucket, $"calls/{Directory("call_recordings")}{name}", sound);
        await bucket.Seal(Directory("call_recordings"));
    }
}

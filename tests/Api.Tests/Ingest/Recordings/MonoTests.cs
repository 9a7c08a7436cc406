using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Recordings;

/// <summary>Conversations of two recordings, a party each, however their rows come.</summary>
[Collection(IngestCollection.Name)]
public sealed class MonoTests(IngestHost host)
{
    [SkippableFact]
    public async Task Both_recordings_in_one_row_make_a_measured_call()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutPair("m-1");
        await bucket.PutCalls("day.csv", Calls.Mono("m-1"), Calls.Mono("m-1"));

        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1, duplicate: 1);
        var call = await bucket.Conversation("m-1");
        Assert.Equal((ConversationStatus.Completed, AnalyticsLevel.Enhanced), (call.Status, call.AnalyticsLevel));
        call.Metrics.HeardRight();
        Assert.Equal(
            ["conversation_received", "recording_measured", "recording_measured", "conversation_completed"], await bucket.EventsOf(call.Id));
        var waveform = await bucket.Client.GetWaveformAsync(call.Id);
        Assert.Equal((true, 2, 1), (waveform.PartiesKnown, waveform.Agent.Speech.Count, waveform.Customer.Speech.Count));
        using var picture = await bucket.Client.DrawWaveformAsync(call.Id);
        Assert.Contains("Waveform of m-1", await new StreamReader(picture.Stream).ReadToEndAsync(), StringComparison.Ordinal);
        var files = (await bucket.Client.GetRecordingAsync(call.Id)).Files;
        Assert.Equal([RecordingSide.Agent, RecordingSide.Customer], files.Select(file => file.Side));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_rows_of_one_file_are_one_call_in_either_order(bool agentFirst)
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutPair("m-1");
        string[] rows = [Calls.AgentSide("m-1", note: "left"), Calls.CustomerSide("m-1", note: "right")];
        await bucket.PutCalls("day.csv", agentFirst ? rows : [.. rows.Reverse()]);

        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1, held: 1);
        var call = await bucket.Conversation("m-1");
        Assert.Equal((ConversationStatus.Completed, 1, 3), (call.Status, call.Revision, call.Line));
        call.Metrics.HeardRight();
        Assert.Equal(
            [
                "conversation_received", "conversation_held", "conversation_counterpart_received", "recording_measured", "recording_measured",
                "conversation_completed",
            ],
            await bucket.EventsOf(call.Id));
        var row = Assert.Single(await bucket.Client.ListRevisionsAsync(call.Id)).Row;
        Assert.Equal(("audio/m-1-a.wav", "audio/m-1-c.wav", 2), (row.AgentRecording, row.CustomerRecording, row.Counterpart!.Line));
        Assert.Equal(["left", "right"], row.Attributes!.Select(a => a.Value));
    }

    [SkippableFact]
    public async Task Two_files_are_one_call_that_waits_in_between_and_both_can_be_retried()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutPair("m-1");
        var before = DateTimeOffset.UtcNow.AddMinutes(-1);
        await bucket.PutCalls("customers.csv", Calls.CustomerSide("m-1"));
        await bucket.Ingest();
        var waiting = await bucket.Conversation("m-1");
        Assert.Equal((ConversationStatus.Held, HoldReason.Counterpart), (waiting.Status, Assert.Single(waiting.Holds)));
        Assert.InRange(waiting.HeldAt!.Value, before, DateTimeOffset.UtcNow.AddMinutes(1));

        await bucket.PutCalls("agents.csv", Calls.AgentSide("m-1"));
        await bucket.Ingest();

        var call = await bucket.Conversation("m-1");
        Assert.Equal((ConversationStatus.Completed, (DateTimeOffset?)null), (call.Status, call.HeldAt));
        call.Metrics.HeardRight();
        foreach (var name in new[] { "customers.csv", "agents.csv" })
            await bucket.Client.RetryFileAsync((await bucket.File(name)).Id);
        await bucket.Idle();
        (await bucket.File("customers.csv")).Is(FileStatus.Ingested, accepted: 1);
        (await bucket.File("agents.csv")).Is(FileStatus.Ingested, accepted: 1);
        Assert.Equal(call.Version, (await bucket.Conversation("m-1")).Version);
    }

    [SkippableFact]
    public async Task Rows_that_disagree_leave_the_first_waiting_and_refuse_the_second_where_it_disagrees()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutPair("m-1");
        await bucket.PutCalls("day.csv", Calls.AgentSide("m-1"), Calls.CustomerSide("m-1", queue: "Q2", seconds: 5));
        await bucket.Ingest();

        var file = await bucket.File("day.csv");
        file.Is(FileStatus.PartiallyIngested, held: 1, rejected: 1);
        Assert.Equal(
            [(3, "queueId", "counterpart_conflict"), (3, "conversationEndTime", "counterpart_conflict")], await bucket.FaultsOf(file));
        Assert.Equal(ConversationStatus.Held, (await bucket.Conversation("m-1")).Status);

        await bucket.PutCalls("day.csv", Calls.AgentSide("m-1"), Calls.CustomerSide("m-1"));
        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1, duplicate: 1);
        Assert.Equal((ConversationStatus.Completed, 1), ((await bucket.Conversation("m-1")).Status, (await bucket.Conversation("m-1")).Revision));
    }

    [SkippableFact]
    public async Task A_pair_waits_for_its_other_side_and_its_queue_at_once()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutPair("m-1");
        await bucket.PutCalls("agents.csv", Calls.AgentSide("m-1", queue: "Q2"));
        await bucket.Ingest();
        var waiting = await bucket.Conversation("m-1");
        Assert.Equal([HoldReason.Counterpart, HoldReason.Queue], waiting.Holds);

        await bucket.MapQueue("Q2");
        await bucket.Idle();
        var other = await bucket.Conversation("m-1");
        Assert.Equal([HoldReason.Counterpart], other.Holds);
        Assert.Equal(waiting.HeldAt, other.HeldAt);

        await bucket.PutCalls("customers.csv", Calls.CustomerSide("m-1", queue: "Q2"));
        await bucket.Ingest();
        var call = await bucket.Conversation("m-1");
        Assert.Equal(ConversationStatus.Completed, call.Status);
        Assert.NotNull(call.QueueId);
    }

    [SkippableFact]
    public async Task A_whole_pair_that_waits_for_its_queue_is_released_whole()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutPair("m-1");
        await bucket.PutCalls("day.csv", Calls.AgentSide("m-1", queue: "Q2"), Calls.CustomerSide("m-1", queue: "Q2"));
        await bucket.Ingest();
        Assert.Equal([HoldReason.Queue], (await bucket.Conversation("m-1")).Holds);
        await bucket.Client.RetryFileAsync((await bucket.File("day.csv")).Id);
        await bucket.Idle();
        (await bucket.File("day.csv")).Is(FileStatus.Ingested, held: 2);

        await bucket.MapQueue("Q2");
        await bucket.Idle();

        (await bucket.Conversation("m-1")).Metrics.HeardRight();
    }

    [SkippableFact]
    public async Task A_later_recording_of_one_side_is_measured_with_the_other_side_as_it_was()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutPair("m-1");
        await bucket.PutSound("new", SoundFiles.Agent);
        await bucket.PutCalls("agents.csv", Calls.AgentSide("m-1", recording: "audio/missing.wav"));
        await bucket.PutCalls("customers.csv", Calls.CustomerSide("m-1"));
        await bucket.Ingest();
        Assert.Equal("object_missing", (await bucket.Conversation("m-1")).ErrorCode);

        await bucket.PutCalls("agents.csv", Calls.AgentSide("m-1", recording: "audio/new.wav"));
        await bucket.Ingest();

        var call = await bucket.Conversation("m-1");
        Assert.Equal((ConversationStatus.Completed, 2), (call.Status, call.Revision));
        call.Metrics.HeardRight();
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_two_sides_may_come_by_two_connectors_and_each_is_read_by_its_own(bool agentFirst)
    {
        var agents = await host.ArrangeReady(input => input with { Namespace = "shared" });
        var elsewhere = await agents.S3.NewBucket();
        var customers = await agents.Client.CreateConnectorAsync(
            IngestHost.Input(agents.S3, elsewhere, "right/") with { Name = "Customers", Namespace = "shared" });
        var mapped = await agents.Client.GetQueueMappingsAsync(agents.Connector.Id);
        await agents.Client.ReplaceQueueMappingsAsync(customers.Id, "*", new() { Mappings = mapped.Mappings });
        await agents.PutSound("m-1", SoundFiles.Agent);
        await agents.PutCalls("day.csv", Calls.AgentSide("m-1", "audio/m-1.wav"));
        await agents.S3.Put(elsewhere, "right/audio/m-1.wav", SoundFiles.Customer);
        // One locator in both rows, and two objects: each is meant from its own connector's path.
        await agents.S3.Put(elsewhere, "right/day.csv", $"{Calls.Header}\n{Calls.CustomerSide("m-1", "audio/m-1.wav")}\n");

        await agents.Ingest(agentFirst ? agents.Connector.Id : customers.Id);
        await agents.Ingest(agentFirst ? customers.Id : agents.Connector.Id);

        (await agents.Conversation("m-1")).Metrics.HeardRight();
    }

    [SkippableFact]
    public async Task Recordings_of_two_lengths_begin_together()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutSound("m-1-a", SoundFiles.Agent);
        await bucket.PutSound("m-1-c", SoundFiles.ShortCustomer);
        await bucket.PutCalls("day.csv", Calls.Mono("m-1"));

        await bucket.Ingest();

        (await bucket.Conversation("m-1")).Metrics.HeardRight();
    }

    [SkippableFact]
    public async Task What_cannot_be_two_parties_is_refused_as_mixed()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutPair("m-1");
        await bucket.PutSound("stereo", SoundFiles.Stereo);
        await bucket.PutSound("copy", SoundFiles.Agent);
        await bucket.PutCalls(
            "day.csv",
            Calls.Mono("two-channels", "audio/m-1-a.wav", "audio/stereo.wav"),
            Calls.Mono("two-names", "audio/m-1-a.wav", $"s3://{bucket.Bucket}/calls/audio/m-1-a.wav"),
            Calls.Mono("copies", "audio/m-1-a.wav", "audio/copy.wav"),
            Calls.Mono("one-locator", "audio/m-1-a.wav", "audio/m-1-a.wav"),
            Calls.AgentSide("halves", "audio/m-1-a.wav"), Calls.CustomerSide("halves", "audio/m-1-a.wav"));

        await bucket.Ingest();

        foreach (var id in new[] { "two-channels", "two-names", "copies" })
        {
            var call = await bucket.Conversation(id);
            Assert.Equal((ConversationStatus.Failed, "mixed_mono", false), (call.Status, call.ErrorCode, call.Retryable));
        }

        var file = await bucket.File("day.csv");
        file.Is(FileStatus.PartiallyIngested, accepted: 3, held: 1, rejected: 2);
        Assert.Equal([(5, "customerRecordings", "mixed_mono"), (7, "customerRecordings", "mixed_mono")], await bucket.FaultsOf(file));
    }
}

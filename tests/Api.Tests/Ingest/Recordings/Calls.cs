using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Recordings;

/// <summary>CSV files of recorded calls, and the recordings that their rows name.</summary>
public static class Calls
{
    /// <summary>The header of their CSV files.</summary>
    public const string Header =
        "conversationId,queueId,agentEmail,conversationStartTime,conversationEndTime,channelType,recordingType,"
        + "recordingUrl,agentRecordings,customerRecordings,agentChannel,customerChannel,transcriptUrl,note";

    /// <summary>A call with one recording.</summary>
    public static string Stereo(string id, string? recording = null, string channels = "0,1", string transcript = "", int seconds = 4) =>
        Row(id, "stereo", $"{recording ?? $"audio/{id}.wav"},,,{channels},{transcript},", seconds: seconds);

    /// <summary>A call with both recordings in one row.</summary>
    public static string Mono(string id, string? agent = null, string? customer = null) =>
        Row(id, "mono", $",{agent ?? $"audio/{id}-a.wav"},{customer ?? $"audio/{id}-c.wav"},,,,");

    /// <summary>The agent's side of a call.</summary>
    public static string AgentSide(string id, string? recording = null, string queue = "Q1", int seconds = 4, string note = "") =>
        Row(id, "mono", $",{recording ?? $"audio/{id}-a.wav"},,,,,{note}", queue, seconds);

    /// <summary>The customer's side of a call.</summary>
    public static string CustomerSide(string id, string? recording = null, string queue = "Q1", int seconds = 4, string note = "") =>
        Row(id, "mono", $",,{recording ?? $"audio/{id}-c.wav"},,,,{note}", queue, seconds);

    /// <summary>Puts a CSV of calls.</summary>
    public static Task PutCalls(this Arranged bucket, string name, params string[] rows) =>
        bucket.S3.Put(bucket.Bucket, $"calls/{name}", string.Join('\n', [Header, .. rows]) + "\n");

    /// <summary>Puts a recording.</summary>
    public static Task PutSound(this Arranged bucket, string name, byte[] sound) => bucket.S3.Put(bucket.Bucket, $"calls/audio/{name}.wav", sound);

    /// <summary>Puts both recordings of a mono call.</summary>
    public static async Task PutPair(this Arranged bucket, string id)
    {
        await bucket.PutSound($"{id}-a", SoundFiles.Agent);
        await bucket.PutSound($"{id}-c", SoundFiles.Customer);
    }

    /// <summary>The types of a conversation's events.</summary>
    public static async Task<IEnumerable<string>> EventsOf(this Arranged bucket, Guid conversation) =>
        (await bucket.Client.ListConversationEventsAsync(conversation)).Select(e => e.Type);

    /// <summary>What was refused of a file.</summary>
    public static async Task<List<(int Line, string? Field, string Code)>> FaultsOf(this Arranged bucket, IngestedFile file) =>
        [.. (await bucket.Client.ListRejectionsAsync(file.Id)).Items.Select(r => ((int)r.Line, r.Field, r.Code))];

    /// <summary>Asserts that who talks how long is what <see cref="SoundFiles"/> rendered.</summary>
    public static void HeardRight(this Metrics? metrics)
    {
        Assert.NotNull(metrics);
        Assert.InRange(metrics.AgentTalkMs!.Value, 1_600 - 2 * SoundFiles.ToleranceMs, 1_600 + 2 * SoundFiles.ToleranceMs);
        Assert.InRange(metrics.CustomerTalkMs!.Value, 800 - SoundFiles.ToleranceMs, 800 + SoundFiles.ToleranceMs);
        Assert.Equal((SoundFiles.DurationMs, 0, 3), (metrics.RecordingMs, metrics.Interruptions, metrics.Turns));
        Assert.Equal(1.0, metrics.AgentTalkShare!.Value + metrics.CustomerTalkShare!.Value, 3);
        Assert.InRange(metrics.AgentRmsDbfs!.Value, -40, -20);
    }

    private static string Row(string id, string type, string media, string queue = "Q1", int seconds = 4) =>
        $"{id},{queue},{Arranged.Agent},2025-06-10T13:30:00Z,{new DateTime(2025, 6, 10, 13, 30, 0).AddSeconds(seconds):yyyy-MM-ddTHH:mm:ss}Z,voice,{type},{media}";
}

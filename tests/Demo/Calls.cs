using System.Globalization;
using QualityIngest.Client;
using QualityIngest.Samples;

namespace QualityIngest.Demo;

/// <summary>Recorded calls: what was measured in them, where to hear one, what it looks like.</summary>
internal sealed class Calls(Product product, SampleBucket sample, Uri server)
{
    private const double Tolerance = 0.1;
    private const long ToleranceMs = 300;

    /// <summary>The longest stereo call, once it was heard.</summary>
    public Guid Heard { get; private set; }

    /// <summary>Shows them, and returns what was not as their sound was made.</summary>
    public async Task<IReadOnlyList<string>> Show(Observed seen, CancellationToken cancel)
    {
        var differences = new List<string>();
        var measured = Screen.Table("Recorded call", "Type", "Length#", "Agent#", "Customer#", "Both#", "Nobody#", "Interruptions#", "Agent dBFS#", "Customer dBFS#");
        foreach (var truth in sample.Recordings)
        {
            if (seen.Conversations.SingleOrDefault(c => c.ExternalId == truth.ConversationId) is not { Metrics: { } numbers } call)
                continue;
            measured.With(
                call.ExternalId, call.RecordingType, Seconds(numbers.RecordingMs), Seconds(numbers.AgentTalkMs), Seconds(numbers.CustomerTalkMs),
                Seconds(numbers.OvertalkMs), Seconds(numbers.SilenceMs), numbers.Interruptions ?? 0, Level(numbers.AgentRmsDbfs), Level(numbers.CustomerRmsDbfs));
            Compare("length", truth.DurationMs, numbers.RecordingMs);
            Compare("agent's talk", truth.AgentTalkMs, numbers.AgentTalkMs);
            Compare("customer's talk", truth.CustomerTalkMs, numbers.CustomerTalkMs);

            void Compare(string what, long promised, long? told)
            {
                if (told is not { } ms || Math.Abs(ms - promised) > ToleranceMs + promised * Tolerance)
                    differences.Add($"{truth.ConversationId}, {what}: {told} ms instead of some {promised}");
            }
        }

        Screen.Show(measured);
        var longest = sample.Recordings.Where(r => r.IsStereo).MaxBy(r => r.DurationMs)!;
        differences.AddRange(await Hear(seen.Conversations.Single(c => c.ExternalId == longest.ConversationId), cancel));
        return differences;
    }

    /// <summary>Reads a recording as a player would, from the bucket itself, and its waveform from the API.</summary>
    private async Task<IReadOnlyList<string>> Hear(Conversation call, CancellationToken cancel)
    {
        Heard = call.Id;
        var file = (await product.Recording(call.Id)).Files.Single();
        using var http = new HttpClient();
        var bytes = await http.GetByteArrayAsync(new Uri(file.Url), cancel);
        var (waveform, picture) = await product.Waveform(call.Id);
        Screen.Say($"{call.ExternalId} can be heard for five minutes at {new Uri(file.Url).GetLeftPart(UriPartial.Path)}?…");
        Screen.Say($"  {bytes.Length:N0} bytes of {file.ContentType}, read there without a key.");
        Screen.Say($"It looks like {new Uri(server, $"v1/conversations/{call.Id}/waveform.svg")}");
        Screen.Say($"  {waveform.Agent.Peaks.Count} peaks a party, {waveform.Agent.Speech.Count} and {waveform.Customer.Speech.Count} stretches of speech, {waveform.Overtalk.Count} of both; {picture.Length:N0} bytes of SVG.");
        return bytes.Length == file.Bytes && waveform.DurationMs == call.Metrics!.RecordingMs && picture.Contains(call.ExternalId, StringComparison.Ordinal)
            ? []
            : [$"{call.ExternalId}: the recording or its waveform is another's"];
    }

    private static string Seconds(long? ms) => ms is { } known ? (known / 1000.0).ToString("0.0 s", CultureInfo.InvariantCulture) : "";

    private static string Level(double? dbfs) => dbfs?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";
}

using System.Globalization;
using System.Text;

namespace QualityIngest.Samples.Rows;

/// <summary>What goes wrong in real buckets, one mishap a row, so that it is known what must become of it.</summary>
internal static class Mishaps
{
    /// <summary>The row's queue is one that nobody has mapped.</summary>
    public static Contact UnmappedQueue(Contact contact)
        => contact with { Row = contact.Row with { QueueId = Company.UnmappedQueue.ExternalId, Outcome = Outcome.HeldForQueue } };

    /// <summary>The row's agent is somebody whom nobody knows.</summary>
    public static Contact UnknownAgent(Contact contact)
        => contact with { Row = contact.Row with { AgentEmail = Company.UnknownAgent.Email, Outcome = Outcome.HeldForAgent } };

    /// <summary>The document was never uploaded.</summary>
    public static Contact NeverUploaded(Contact contact)
        => contact with { Row = contact.Row with { Outcome = Outcome.Failed }, Document = contact.Document with { Content = new([]) } };

    /// <summary>The document ends in the middle.</summary>
    public static Contact CutShort(Contact contact) => contact with
    {
        Row = contact.Row with { Outcome = Outcome.Failed },
        Document = contact.Document with { Content = new(contact.Document.Bytes[..(contact.Document.Bytes.Length / 2)]) },
    };

    /// <summary>The chat script knows a party that the format does not.</summary>
    public static Contact StrangeParty(Contact contact) => contact with
    {
        Row = contact.Row with { Outcome = Outcome.Failed },
        Document = contact.Document with
        {
            Content = new(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(contact.Document.Bytes).Replace("\"AGENT\"", "\"SUPERVISOR\"", StringComparison.Ordinal))),
        },
    };

    /// <summary>The start is written the way people do, not the way machines can tell.</summary>
    public static SampleRow LocalDate(SampleRow row)
        => Refused(row, "timestamp_invalid") with { StartText = row.Start.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture) };

    /// <summary>The start has no zone.</summary>
    public static SampleRow NoZone(SampleRow row)
        => Refused(row, "timestamp_without_zone") with { StartText = row.Start.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) };

    /// <summary>The end comes before the start.</summary>
    public static SampleRow Backwards(SampleRow row)
        => Refused(row, "end_not_after_start") with { Start = row.End, End = row.Start };

    /// <summary>The id is longer than 50 characters.</summary>
    public static SampleRow LongId(SampleRow row)
        => Refused(row, "too_long") with { ConversationId = row.ConversationId + "-" + new string('0', 60) };

    /// <summary>A chat that claims to be a recording.</summary>
    public static SampleRow RecordedChat(SampleRow row) => Refused(row, "recording_type_not_allowed") with
    {
        RecordingType = "stereo",
        ChatScript = "",
        Recording = $"recordings/{row.ConversationId}.wav",
    };

    /// <summary>The same row once more.</summary>
    public static SampleRow Again(SampleRow row) => row with { Outcome = Outcome.Duplicate };

    /// <summary>The row as a later upload corrects it.</summary>
    public static SampleRow Corrected(SampleRow row) => row with { End = row.End.AddSeconds(7), Outcome = Outcome.Revised };

    private static SampleRow Refused(SampleRow row, string code) => row with { Outcome = Outcome.Rejected, RejectionCode = code };
}

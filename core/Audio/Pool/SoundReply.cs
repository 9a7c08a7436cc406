using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QualityIngest.Audio;

/// <summary>
/// What a worker answers, one of three. On the pipe: its length in four bytes, lowest first, then JSON. The reader believes
/// nothing: a decoder that was taken over by its file writes here too.
/// </summary>
/// <param name="Sound">The measured sound.</param>
/// <param name="Refused">Why the file is no sound that can be read.</param>
/// <param name="Failed">Why the worker could not do its work.</param>
internal sealed record SoundReply(Sound? Sound = null, string? Refused = null, string? Failed = null)
{
    private const int MostBytes = 32 * 1024 * 1024;
    private const int MostText = 1_000;

    public static SoundReply Of(SoundOutcome outcome) => outcome switch
    {
        SoundMeasured measured => new(measured.Sound),
        SoundRefused refused => new(Refused: refused.Reason),
        SoundLost lost => new(Failed: lost.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome without a reply."),
    };

    public SoundOutcome Outcome => this switch
    {
        { Sound: { } sound } => new SoundMeasured(sound),
        { Refused: { } reason } => new SoundRefused(reason),
        _ => new SoundLost(Failed ?? ""),
    };

    public void Write(Stream stream)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(this, SoundJson.Default.SoundReply);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        stream.Write(length);
        stream.Write(json);
        stream.Flush();
    }

    /// <summary>Reads one.</summary>
    /// <param name="stream">The worker's pipe.</param>
    /// <param name="limits">What the worker was to keep to.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null when it is not a reply.</returns>
    /// <exception cref="EndOfStreamException">The pipe ended before it did.</exception>
    public static async Task<SoundReply?> Read(Stream stream, SoundLimits limits, CancellationToken cancel)
    {
        var head = new byte[4];
        await stream.ReadExactlyAsync(head, cancel);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 2 or > MostBytes)
            return null;

        var body = new ArrayBufferWriter<byte>();
        while (body.WrittenCount < length)
        {
            var room = body.GetMemory(4096);
            var read = await stream.ReadAsync(room[..Math.Min(room.Length, length - body.WrittenCount)], cancel);
            if (read == 0)
                throw new EndOfStreamException();
            body.Advance(read);
        }

        try
        {
            return JsonSerializer.Deserialize(body.WrittenSpan, SoundJson.Default.SoundReply) is { } reply && reply.IsSane(limits) ? reply : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsSane(SoundLimits limits) => this switch
    {
        { Sound: { } sound, Refused: null, Failed: null } => IsSane(sound, limits),
        { Sound: null, Refused.Length: <= MostText, Failed: null } or { Sound: null, Refused: null, Failed.Length: <= MostText } => true,
        _ => false,
    };

    private static bool IsSane(Sound sound, SoundLimits limits) =>
        sound is { Format: { Container.Length: <= 32, Codec.Length: <= 32 } format, Channels: { } channels, Frames: > 0, DurationMs: >= 0 }
        && limits.Refusal(format.Channels, format.SampleRate) is null
        && channels.Count == format.Channels
        && sound.DurationMs <= limits.MaxDuration.TotalMilliseconds
        && channels.All(channel => channel is { Level: not null, Speech: { Frames: >= 0, Bits: not null } speech, Peaks.Values: not null }
            && speech.Bits.Length == (speech.Frames + 7L) / 8);
}

[JsonSerializable(typeof(SoundReply))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 16)]
internal sealed partial class SoundJson : JsonSerializerContext;

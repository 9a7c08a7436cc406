using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using QualityIngest.Domain;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Api.Tests.Ingest.Json;

/// <summary>A parser for tests of the flow.</summary>
public sealed class SimpleJson : IFileFormat
{
    public string Name => FormatNames.ConversationJson;

    public bool IsCandidate(string key) => key.EndsWith(".json", StringComparison.Ordinal) || key.EndsWith(".jsonl", StringComparison.Ordinal);

    public string? SkipCode(string key, long size) => size == 0 ? "empty_file" : null;

    public async IAsyncEnumerable<FormatItem> Read(Stream body, FileToRead file, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var reader = new StreamReader(body);
        var number = 0L;
        if (file.Key.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            while (await reader.ReadLineAsync(cancel) is { } line)
                yield return One(++number, new(null, number, null), line);
            yield break;
        }

        foreach (var element in JsonDocument.Parse(await reader.ReadToEndAsync(cancel)).RootElement.EnumerateArray())
            yield return One(++number, new(null, null, number - 1), element.GetRawText());
    }

    private static FormatItem One(long number, FormatPlace place, string text)
    {
        JsonElement c;
        try
        {
            c = JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            return new RejectedRow(number, null, [new("$", "json_invalid", "This is no JSON.")]) { Place = place };
        }

        var started = c.GetProperty("timestamp").GetDateTimeOffset();
        var said = c.GetProperty("messages").EnumerateArray().Select((m, i) => new Utterance(
            i, Enum.Parse<SpeakerRole>(m.GetProperty("role").GetString()!, true), m.TryGetProperty("sender_id", out var s) ? s.GetString() : null,
            (long)(m.GetProperty("timestamp").GetDateTimeOffset() - started).TotalMilliseconds, null,
            m.GetProperty("timestamp").GetDateTimeOffset(), m.GetProperty("content").GetString()!, null, null)
        {
            MessageId = m.TryGetProperty("message_id", out var id) ? id.GetString() : null,
            Attributes = m.TryGetProperty("logs", out var logs) ? new RawJson(Encoding.UTF8.GetBytes($$"""{"logs":{{logs.GetRawText()}}}""")) : null,
        }).ToList();
        string[] known = ["conversation_id", "agent_id", "timestamp", "messages", "is_resolved", "csat_score"];
        var members = c.EnumerateObject().Where(p => !known.Contains(p.Name)).Select(p => $"\"{p.Name}\":{p.Value.GetRawText()}").ToList();
        return new ValidRow(new ParsedConversation
        {
            Line = number,
            ExternalId = c.GetProperty("conversation_id").GetString()!,
            AgentPart = c.GetProperty("agent_id").GetString()!,
            AgentId = c.GetProperty("agent_id").GetString(),
            Channel = Channel.Chat,
            RecordingType = RecordingType.Transcription,
            StartedAt = started,
            EndedAt = said[^1].At!.Value,
            IsResolved = c.TryGetProperty("is_resolved", out var resolved) ? resolved.GetBoolean() : null,
            CsatScore = c.TryGetProperty("csat_score", out var score) ? score.GetDecimal() : null,
            Members = members.Count == 0 ? null : $"{{{string.Join(',', members)}}}",
            Transcribed = new() { Utterances = said, Participants = [.. said.Select(u => new Participant(u.ParticipantId, u.Role)).Distinct()] },
            SourceBytes = text.Length,
            ContentHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        })
        {
            Place = place,
        };
    }
}

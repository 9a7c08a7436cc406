using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Formats;

/// <summary>Makes conversations of values of JSON, one at a time in the same memory.</summary>
internal sealed class ConversationReader : IDisposable
{
    private const int LongestId = 200;
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly JsonFaults _faults = new();
    private readonly JsonValues _values;
    private readonly MessageReader _messages;
    private readonly KeptMembers _kept;
    private readonly ConversationHash _hash = new();
    private Draft _draft;

    public ConversationReader()
    {
        _values = new(_faults);
        _messages = new(_values, _faults);
        _kept = new(_values);
    }

    [Flags]
    private enum Member
    {
        None = 0,
        ConversationId = 1,
        AgentId = 2,
        Timestamp = 4,
        Messages = 8,
        IsResolved = 16,
        CsatScore = 32,
        Language = 64,
    }

    private record struct Draft(
        string? Id, string? AgentId, DateTimeOffset? StartedAt, bool? IsResolved, decimal? Score, string Tag, string Language, long MessagesAt);

    /// <summary>
    /// Reads one value. Whether it is sound says that it ends where it seems to, so that what follows it can be read, however
    /// faulty it is.
    /// </summary>
    /// <param name="json">The value, or all that there is of it.</param>
    /// <param name="number">Its number in the file.</param>
    /// <param name="line">The 1-based physical line that it starts on.</param>
    /// <param name="column">The 1-based byte of that line.</param>
    public (FormatItem Item, bool IsSound) Read(ReadOnlySpan<byte> json, long number, long line, long column)
    {
        _faults.Clear();
        _messages.Clear();
        _kept.Clear();
        _draft = new() { Tag = LanguageTag.Default, Language = LanguageTag.Default };
        if (!Utf8.IsValid(json)) return (NotUtf8(json, number, line, column), JsonGrammar.IsSound(json));
        try
        {
            _values.Begin(json);
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonGrammar.MaxDepth });
            reader.Read();
            Value(ref reader);
            if (_faults.IsFull) return (Refused(json, number), JsonGrammar.IsSound(json));
            reader.Read();
        }
        catch (JsonException)
        {
            return (Broken(json, number, line, column), JsonGrammar.IsSound(json));
        }
        if (_faults.Count == 0) Judge();
        return (_faults.Count > 0 ? Refused(json, number) : new ValidRow(Conversation(json.Length, number)), true);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Value(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.Null) _values.Refuse(ref json, RowCodes.WrongType, "The value is null, not an object.");
        if (!_values.Is(ref json, JsonTokenType.StartObject, "an object")) return;
        var start = json.TokenStartIndex;
        var (read, filled) = (Member.None, Member.None);
        _kept.Begin();
        while (!_faults.IsFull && json.Read() && json.TokenType is not JsonTokenType.EndObject)
        {
            var member = Known(ref json);
            if (member is Member.None)
            {
                _kept.Add(ref json, _faults);
                continue;
            }
            json.Read();
            if ((read & member) != 0)
            {
                _values.Refuse(ref json, RowCodes.DuplicateMember, "The member stands twice.");
                json.Skip();
                continue;
            }
            read |= member;
            if (json.TokenType is not JsonTokenType.Null) filled |= member;
            Fill(member, ref json);
        }
        if (_faults.IsFull) return;
        if ((filled & Member.ConversationId) == 0) _faults.AddMissing(start, "conversation_id");
        if ((filled & Member.AgentId) == 0) _faults.AddMissing(start, "agent_id");
        if ((filled & Member.Timestamp) == 0) _faults.AddMissing(start, "timestamp");
        if ((filled & Member.Messages) == 0) _faults.AddMissing(start, "messages");
        if (_draft.Id is { } id) _messages.CheckClaims(id);
    }

    private void Fill(Member member, ref Utf8JsonReader json)
    {
        switch (member)
        {
            case Member.ConversationId:
                _draft.Id = _values.Id(ref json, "conversation_id", LongestId);
                break;
            case Member.AgentId:
                _draft.AgentId = _values.Id(ref json, "agent_id", LongestId);
                break;
            case Member.Timestamp:
                _draft.StartedAt = _values.Moment(ref json, "timestamp");
                break;
            case Member.Messages:
                _draft.MessagesAt = json.TokenStartIndex;
                _messages.Read(ref json);
                break;
            case Member.IsResolved:
                _draft.IsResolved = _values.Flag(ref json);
                break;
            case Member.CsatScore:
                _draft.Score = _values.Score(ref json);
                break;
            default:
                (_draft.Tag, _draft.Language) = _values.Language(ref json);
                break;
        }
    }

    private Member Known(ref Utf8JsonReader json)
    {
        var name = _values.Name(ref json);
        return name.Length switch
        {
            8 when name.SequenceEqual("messages"u8) => Member.Messages,
            8 when name.SequenceEqual("agent_id"u8) => Member.AgentId,
            8 when name.SequenceEqual("language"u8) => Member.Language,
            9 when name.SequenceEqual("timestamp"u8) => Member.Timestamp,
            10 when name.SequenceEqual("csat_score"u8) => Member.CsatScore,
            11 when name.SequenceEqual("is_resolved"u8) => Member.IsResolved,
            15 when name.SequenceEqual("conversation_id"u8) => Member.ConversationId,
            _ => Member.None,
        };
    }

    /// <summary>The rules that take all of a conversation.</summary>
    private void Judge()
    {
        if (_messages.Messages.Count == 0)
        {
            _faults.Add(_draft.MessagesAt, RowCodes.NoMessages, "The conversation has no messages.");
            return;
        }
        _messages.Messages.Sort();
        if (_messages.Messages.LastAt < _draft.StartedAt)
            _faults.Add(_draft.MessagesAt, RowCodes.EndBeforeStart, "The last message is older than the conversation's timestamp.");
    }

    private ParsedConversation Conversation(int bytes, long number)
    {
        var startedAt = _draft.StartedAt!.Value;
        var utterances = _messages.Messages.ToUtterances(startedAt, _messages.Attributes.ToArray());
        var (start, length) = _kept.End();
        var conversation = new ParsedConversation
        {
            Line = number,
            ExternalId = _draft.Id!,
            AgentPart = _draft.AgentId!,
            AgentId = _draft.AgentId,
            Channel = Channel.Chat,
            RecordingType = RecordingType.Transcription,
            StartedAt = startedAt,
            EndedAt = _messages.Messages.LastAt,
            Language = _draft.Tag,
            LanguageBase = _draft.Language,
            IsResolved = _draft.IsResolved,
            CsatScore = _draft.Score,
            Transcribed = new() { Utterances = utterances, Participants = Parties.Of(utterances) },
            Members = length == 0 ? null : Encoding.UTF8.GetString(_kept.Raw.Slice(start, length)),
            SourceBytes = bytes,
            Warnings = Warnings(startedAt),
            ContentHash = "",
        };
        return conversation with { ContentHash = _hash.Of(conversation, _messages, _kept.Canonical.Written) };
    }

    private IReadOnlyList<string> Warnings(DateTimeOffset startedAt)
    {
        var isEarly = startedAt - _messages.Messages[0].At > Tolerance;
        if (_messages.Messages.LastAt > startedAt) return isEarly ? [TranscriptWarnings.OutsideConversation] : [];
        return isEarly ? [RowWarnings.ZeroDuration, TranscriptWarnings.OutsideConversation] : [RowWarnings.ZeroDuration];
    }

    private RejectedRow Refused(ReadOnlySpan<byte> json, long number) => new(number, _draft.Id, _faults.Located(json));

    private RejectedRow Broken(ReadOnlySpan<byte> json, long number, long line, long column)
    {
        var (code, message, position) = JsonGrammar.Explain(json, line, column);
        _faults.Clear();
        _faults.Add(position, code, message);
        return Refused(json, number);
    }

    private RejectedRow NotUtf8(ReadOnlySpan<byte> json, long number, long line, long column)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(json[position..], out _, out var length) is OperationStatus.Done) position += length;
        _faults.Add(position, RowCodes.InvalidUtf8, $"The bytes are not UTF-8: {JsonGrammar.Place(json[..position], line, column)}.");
        return Refused(json, number);
    }
}

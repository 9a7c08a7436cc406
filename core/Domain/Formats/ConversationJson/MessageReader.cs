using System.Text.Json;
using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Formats;

/// <summary>Reads the messages of one conversation.</summary>
internal sealed class MessageReader(JsonValues values, JsonFaults faults)
{
    private const int LongestId = 200;
    private readonly KeptMembers _kept = new(values);
    private readonly List<(int Position, string Id)> _claims = [];

    [Flags]
    private enum Member
    {
        None = 0,
        Role = 1,
        Content = 2,
        Timestamp = 4,
        SenderId = 8,
        MessageId = 16,
        ConversationId = 32,
    }

    /// <summary>The messages read so far.</summary>
    public MessageList Messages { get; } = new();

    /// <summary>What the messages say beside their own members: one object behind the other.</summary>
    public ReadOnlySpan<byte> Attributes => _kept.Raw;

    /// <summary>The canonical forms of all messages, in the order of the source.</summary>
    public ReadOnlySpan<byte> Canonical => _kept.Canonical.Written;

    public void Clear()
    {
        Messages.Clear();
        _kept.Clear();
        _claims.Clear();
    }

    /// <summary>Reads the array that the reader stands on.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        if (!values.Is(ref json, JsonTokenType.StartArray, "an array")) return;
        while (!faults.IsFull && json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            if (values.Is(ref json, JsonTokenType.StartObject, "an object")) ReadMessage(ref json);
            else if (json.TokenType is JsonTokenType.Null) values.Refuse(ref json, RowCodes.WrongType, "The value is null, not an object.");
        }
    }

    /// <summary>
    /// Holds what the messages say of their conversation against its id. The other id is not quoted: who erases that
    /// conversation would not find it here.
    /// </summary>
    public void CheckClaims(string conversationId)
    {
        foreach (var (position, id) in _claims)
        {
            if (id != conversationId)
                faults.Add(position, RowCodes.ConversationMismatch, $"The message names another conversation than {Quotation.Of(conversationId)}, in which it stands.");
        }
    }

    private void ReadMessage(ref Utf8JsonReader json)
    {
        var (start, canonicalStart, before) = (json.TokenStartIndex, _kept.Canonical.Length, faults.Count);
        var (read, filled) = (Member.None, Member.None);
        var (role, at) = (default(SpeakerRole?), default(DateTimeOffset?));
        var (text, senderId, messageId) = (default(string), default(string), default(string));
        _kept.Begin();
        while (!faults.IsFull && json.Read() && json.TokenType is not JsonTokenType.EndObject)
        {
            var member = Known(ref json);
            if (member is Member.None)
            {
                _kept.Add(ref json, faults);
                continue;
            }
            json.Read();
            if ((read & member) != 0)
            {
                values.Refuse(ref json, RowCodes.DuplicateMember, "The member stands twice.");
                json.Skip();
                continue;
            }
            read |= member;
            if (json.TokenType is not JsonTokenType.Null) filled |= member;
            switch (member)
            {
                case Member.Role:
                    role = values.Role(ref json);
                    break;
                case Member.Content:
                    text = values.Text(ref json);
                    break;
                case Member.Timestamp:
                    at = values.Moment(ref json, "timestamp");
                    break;
                case Member.SenderId:
                    senderId = values.TextOrNumber(ref json, LongestId);
                    break;
                case Member.MessageId:
                    messageId = values.TextOrNumber(ref json, LongestId);
                    break;
                default:
                    Claim(ref json);
                    break;
            }
        }
        var attributes = _kept.End();
        if (faults.IsFull) return;
        if ((filled & Member.Role) == 0) faults.AddMissing(start, "role");
        if ((filled & Member.Content) == 0) faults.AddMissing(start, "content");
        if ((filled & Member.Timestamp) == 0) faults.AddMissing(start, "timestamp");
        if (faults.Count > before) return;

        var canonical = _kept.Canonical;
        canonical.Add((byte)role!.Value);
        canonical.Add(at!.Value.UtcTicks);
        canonical.AddText(senderId);
        canonical.AddText(messageId);
        canonical.AddText(text);
        Messages.Add(new(role.Value, at.Value, text!, senderId, messageId, attributes, (canonicalStart, canonical.Length - canonicalStart)));
    }

    private void Claim(ref Utf8JsonReader json)
    {
        var position = (int)json.TokenStartIndex;
        if (_claims.Count > 0 && json.TokenType is JsonTokenType.String && json.ValueTextEquals(_claims[0].Id)) return;
        if (values.Text(ref json) is { } id) _claims.Add((position, id));
    }

    private Member Known(ref Utf8JsonReader json)
    {
        var name = values.Name(ref json);
        return name.Length switch
        {
            4 when name.SequenceEqual("role"u8) => Member.Role,
            7 when name.SequenceEqual("content"u8) => Member.Content,
            9 when name.SequenceEqual("timestamp"u8) => Member.Timestamp,
            9 when name.SequenceEqual("sender_id"u8) => Member.SenderId,
            10 when name.SequenceEqual("message_id"u8) => Member.MessageId,
            15 when name.SequenceEqual("conversation_id"u8) => Member.ConversationId,
            _ => Member.None,
        };
    }
}

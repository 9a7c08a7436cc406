using System.Text;
using System.Text.Json;

namespace QualityIngest.Domain.Conversations;

/// <summary>What a revision's record says beside its messages, exactly as it came: the order of members and the digits of numbers.</summary>
/// <param name="ConversationId">The conversation's id.</param>
/// <param name="Revision">Which of its revisions, from 1.</param>
/// <param name="MissingInfo">The record's <c>missing_info</c>; null: it has none.</param>
/// <param name="UserData">The record's <c>user_data</c>; null: it has none.</param>
/// <param name="Others">One object of the members that no field of the product is for.</param>
public sealed record ConversationMembers(Guid ConversationId, int Revision, RawJson? MissingInfo, RawJson? UserData, RawJson Others)
{
    /// <summary>Takes the stored text of one JSON object apart.</summary>
    public static ConversationMembers Of(Guid conversation, int revision, string? members)
    {
        var text = Encoding.UTF8.GetBytes(members ?? "{}");
        RawJson? missing = null, user = null;
        using var others = new MemoryStream();
        others.WriteByte((byte)'{');

        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 128 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = (int)reader.TokenStartIndex;
            var (isMissing, isUser) = (reader.ValueTextEquals("missing_info"u8), reader.ValueTextEquals("user_data"u8));
            reader.Read();
            var value = (int)reader.TokenStartIndex;
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            if (isMissing && missing is null)
                missing = new(text.AsMemory(value..end));
            else if (isUser && user is null)
                user = new(text.AsMemory(value..end));
            else
                Append(others, text.AsSpan(member..end));
        }

        others.WriteByte((byte)'}');
        return new(conversation, revision, missing, user, new(others.ToArray()));
    }

    private static void Append(MemoryStream others, ReadOnlySpan<byte> member)
    {
        if (others.Length > 1)
            others.WriteByte((byte)',');
        others.Write(member);
    }
}

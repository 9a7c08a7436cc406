using System.Security.Cryptography;

namespace QualityIngest.Domain.Formats;

/// <summary>
/// What makes two conversations the same content: the typed members by their values, the messages in the order of time, and
/// every other member in <see cref="CanonicalJson">canonical form</see>. The order of members, white space, escapes, the
/// spelling of numbers and moments, null and absent for typed members do not count. Everything goes in with its length, so
/// that no two contents read alike.
/// </summary>
internal sealed class ConversationHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ByteBuffer _head = new(512);

    /// <summary>SHA-256 in lower-case hex.</summary>
    public string Of(ParsedConversation conversation, MessageReader messages, ReadOnlySpan<byte> others)
    {
        _head.Clear();
        _head.AddText(conversation.ExternalId);
        _head.AddText(conversation.AgentId);
        _head.Add(conversation.StartedAt.UtcTicks);
        _head.Add((byte)(conversation.IsResolved switch { null => '-', true => 't', false => 'f' }));
        if (conversation.CsatScore is { } score) CanonicalNumber.Add(_head, System.Text.Encoding.ASCII.GetBytes(score.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        else _head.Add((byte)'-');
        _head.AddText(conversation.Language);
        _head.Add(messages.Messages.Count);
        _hash.AppendData(_head.Written);
        if (messages.Messages.IsInOrder) _hash.AppendData(messages.Canonical);
        else AppendEach(messages);
        _hash.AppendData(others);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void AppendEach(MessageReader messages)
    {
        for (var i = 0; i < messages.Messages.Count; i++)
        {
            var (start, length) = messages.Messages[i].Canonical;
            _hash.AppendData(messages.Canonical.Slice(start, length));
        }
    }
}

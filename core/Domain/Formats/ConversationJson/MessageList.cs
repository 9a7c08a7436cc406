using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Formats;

/// <summary>A message as it was read.</summary>
/// <param name="Role">Who it is of.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Text">What it says.</param>
/// <param name="SenderId">The source's id of who it is of.</param>
/// <param name="MessageId">The source's id of it.</param>
/// <param name="Attributes">Where its other members stand among those of all messages.</param>
/// <param name="Canonical">Where its canonical form stands among those of all messages.</param>
internal readonly record struct Message(
    SpeakerRole Role, DateTimeOffset At, string Text, string? SenderId, string? MessageId,
    (int Start, int Length) Attributes, (int Start, int Length) Canonical);

/// <summary>The messages of one conversation, in the order of the source until they are sorted.</summary>
internal sealed class MessageList
{
    private readonly List<Message> _messages = [];
    private bool _inOrder = true;

    public int Count => _messages.Count;

    public Message this[int index] => _messages[index];

    /// <summary>Whether sorting changes nothing.</summary>
    public bool IsInOrder => _inOrder;

    /// <summary>When the last one was sent, once they are sorted.</summary>
    public DateTimeOffset LastAt => _messages[^1].At;

    public void Clear()
    {
        _messages.Clear();
        _inOrder = true;
    }

    public void Add(in Message message)
    {
        _inOrder &= _messages.Count == 0 || _messages[^1].At <= message.At;
        _messages.Add(message);
    }

    /// <summary>Sorts them by time; those of one moment stay as they stand.</summary>
    public void Sort()
    {
        if (_inOrder) return;
        var sorted = _messages.OrderBy(message => message.At).ToList();
        _messages.Clear();
        _messages.AddRange(sorted);
    }

    /// <summary>Makes utterances of them, counted from the conversation's start.</summary>
    /// <param name="startedAt">When the conversation began.</param>
    /// <param name="attributes">The other members of all messages.</param>
    public Utterance[] ToUtterances(DateTimeOffset startedAt, ReadOnlyMemory<byte> attributes)
    {
        var utterances = new Utterance[_messages.Count];
        for (var i = 0; i < utterances.Length; i++)
        {
            var message = _messages[i];
            var startMs = (long)Math.Floor((message.At - startedAt).TotalMilliseconds);
            var (start, length) = message.Attributes;
            utterances[i] = new(i, message.Role, message.SenderId, startMs, null, message.At, message.Text, null, null)
            {
                MessageId = message.MessageId,
                Attributes = length == 0 ? null : new RawJson(attributes.Slice(start, length)),
            };
        }
        return utterances;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace QualityIngest.GraphQL.Execution;

/// <summary>
/// Keeps what was used last, within a number of entries and of bytes: a flood of ever new keys pushes entries out and never grows it.
/// For any number of threads.
/// </summary>
/// <param name="maxEntries">Entries at most.</param>
/// <param name="maxBytes">Bytes at most, as told by whoever adds; what is larger alone is not kept.</param>
internal sealed class BoundedCache<TKey, TValue>(int maxEntries, long maxBytes) where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new(); // the last used first
    private long _bytes;

    /// <summary>How many entries there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>How many bytes they have.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    /// <summary>Finds an entry, which then is the last used.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }
            if (_byUse.First != node)
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Keeps an entry; of two that are added at once, the first stays.</summary>
    public void Add(TKey key, TValue value, long bytes)
    {
        if (bytes > maxBytes)
            return;
        lock (_gate)
        {
            if (_entries.ContainsKey(key))
                return;
            _entries.Add(key, _byUse.AddFirst(new Entry(key, value, bytes)));
            _bytes += bytes;
            while (_entries.Count > maxEntries || _bytes > maxBytes)
            {
                var last = _byUse.Last!;
                _byUse.RemoveLast();
                _entries.Remove(last.Value.Key);
                _bytes -= last.Value.Bytes;
            }
        }
    }

    private sealed record Entry(TKey Key, TValue Value, long Bytes);
}

namespace QualityIngest.Audio.Analysis;

/// <summary>
/// The least of the latest values, each pushed and dropped once (a monotone queue). For the largest, push them negated.
/// </summary>
/// <param name="window">How many values are the latest, at least 1.</param>
internal sealed class SlidingLeast(int window)
{
    private readonly (int At, float Value)[] _queue = new (int, float)[window];
    private int _first;
    private int _count;

    /// <summary>False until there is a value.</summary>
    public bool Any => _count > 0;

    /// <summary>The least value.</summary>
    public float Least => _queue[_first].Value;

    /// <summary>Adds the value at a position, larger than those before, and drops those that have left the window.</summary>
    public void Push(int at, float value)
    {
        Forget(at - window + 1);
        while (_count > 0 && _queue[Slot(_count - 1)].Value >= value) _count--;
        _queue[Slot(_count++)] = (at, value);
    }

    /// <summary>Drops all values before a position.</summary>
    public void Forget(int before)
    {
        while (_count > 0 && _queue[_first].At < before) (_first, _count) = (Slot(1), _count - 1);
    }

    private int Slot(int offset)
    {
        var slot = _first + offset;
        return slot < window ? slot : slot - window;
    }
}

namespace QualityIngest.Domain.Formats;

/// <summary>
/// Writes values so that equal ones are equal bytes: members stand in the order of their names, numbers in one spelling,
/// texts without escapes; every part is led by its kind and its length, so that no two values read alike. Repeated members
/// keep their order. It is for comparing, not for reading.
/// </summary>
internal sealed class CanonicalJson(ByteBuffer target)
{
    private const int FewMembers = 16;

    private readonly List<OpenObject> _open = [];
    private readonly ByteBuffer _sorted = new();
    private Member[] _members = new Member[64];
    private int _memberCount;

    private readonly record struct OpenObject(int FirstMember, bool InOrder);

    private readonly record struct Member(int Start, int NameLength, int End);

    /// <summary>Forgets what is open.</summary>
    public void Clear()
    {
        _open.Clear();
        _memberCount = 0;
    }

    public void BeginObject()
    {
        target.Add((byte)'{');
        _open.Add(new(_memberCount, InOrder: true));
    }

    public void Name(ReadOnlySpan<byte> name)
    {
        var (first, inOrder) = _open[^1];
        CloseMember(first);
        if (inOrder && _memberCount > first && Name(_members[_memberCount - 1]).SequenceCompareTo(name) > 0)
            _open[^1] = new(first, InOrder: false);
        if (_memberCount == _members.Length) Array.Resize(ref _members, _memberCount * 2);
        _members[_memberCount++] = new(target.Length, name.Length, 0);
        target.Add((byte)'m');
        target.AddText(name);
    }

    public void EndObject()
    {
        var (first, inOrder) = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        CloseMember(first);
        if (!inOrder) Sort(first);
        _memberCount = first;
        target.Add((byte)'}');
    }

    public void BeginArray() => target.Add((byte)'[');

    public void EndArray() => target.Add((byte)']');

    public void Text(ReadOnlySpan<byte> text)
    {
        target.Add((byte)'s');
        target.AddText(text);
    }

    public void Number(ReadOnlySpan<byte> number)
    {
        target.Add((byte)'d');
        CanonicalNumber.Add(target, number);
    }

    /// <summary>A value that is one word: <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public void Word(ReadOnlySpan<byte> word) => target.Add(word[0]);

    private void CloseMember(int first)
    {
        if (_memberCount > first) _members[_memberCount - 1] = _members[_memberCount - 1] with { End = target.Length };
    }

    private ReadOnlySpan<byte> Name(Member member) => target.Written.Slice(member.Start + 1 + sizeof(int), member.NameLength);

    private void Sort(int first)
    {
        var members = _members.AsSpan(first, _memberCount - first);
        var start = members[0].Start;
        if (members.Length <= FewMembers) Insert(members);
        else members.Sort(Compare);
        _sorted.Clear();
        foreach (var member in members) _sorted.Add(target.Written[member.Start..member.End]);
        _sorted.Written.CopyTo(target.Written[start..]);
    }

    private void Insert(Span<Member> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var place = i;
            for (; place > 0 && Compare(members[place - 1], member) > 0; place--) members[place] = members[place - 1];
            members[place] = member;
        }
    }

    private int Compare(Member left, Member right)
    {
        var order = Name(left).SequenceCompareTo(Name(right));
        return order != 0 ? order : left.Start.CompareTo(right.Start);
    }
}

using System.Text;
using Npgsql;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>Reads a row of a long statement cell by cell, in the order of its columns.</summary>
internal sealed class FeedCells(NpgsqlDataReader row)
{
    private int _next;
    private bool _ambiguous;

    /// <summary>An id.</summary>
    public Guid Id() => row.GetGuid(_next++);

    /// <summary>A number.</summary>
    public long Number() => row.GetInt64(_next++);

    /// <summary>A small number.</summary>
    public int Small() => row.GetInt32(_next++);

    /// <summary>A text.</summary>
    public string Required() => row.GetString(_next++);

    /// <summary>A moment.</summary>
    public DateTimeOffset Moment() => row.GetFieldValue<DateTimeOffset>(_next++);

    /// <summary>A text, or null.</summary>
    public string? Text() => IsNull() ? null : row.GetString(_next - 1);

    /// <summary>A value, or null.</summary>
    public T? Maybe<T>() where T : struct => IsNull() ? null : row.GetFieldValue<T>(_next - 1);

    /// <summary>The one of at most two conversations that bear an external id; null where there is none, or another.</summary>
    public Guid? Conversation()
    {
        var found = row.GetFieldValue<Guid[]>(_next++);
        _ambiguous = found.Length > 1;
        return found is [var only] ? only : null;
    }

    /// <summary>Columns that were taken apart.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists() =>
        Text() is { } json ? DomainJson.Read<Dictionary<string, IReadOnlyList<string>>>(json) : new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>A JSON value as it was written, or null.</summary>
    public RawJson? Json() => Text() is { } json ? new RawJson(Encoding.UTF8.GetBytes(json)) : null;

    /// <summary>Codes of what was noticed, and whether the conversation could not be told.</summary>
    public IReadOnlyList<string> Warnings()
    {
        var stored = row.GetFieldValue<string[]>(_next++);
        return _ambiguous ? [.. stored, FeedWarnings.AmbiguousConversation] : stored;
    }

    private bool IsNull() => row.IsDBNull(_next++);
}

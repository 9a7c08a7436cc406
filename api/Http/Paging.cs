using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using QualityIngest.Domain;

namespace QualityIngest.Api.Http;

/// <summary>Which page of a list is asked for, from the parameters <c>limit</c> and <c>cursor</c>.</summary>
/// <remarks>An endpoint that takes this has both parameters, in the document too.</remarks>
public sealed class Paging<TKey> : IEndpointParameterMetadataProvider where TKey : IParsable<TKey>
{
    private readonly string _list;

    private Paging(string list, PageRequest<TKey> page) => (_list, Page) = (list, page);

    /// <summary>The page.</summary>
    public PageRequest<TKey> Page { get; }

    /// <summary>The cursor of the page that follows; null when none does.</summary>
    public string? CursorAfter<T>(Page<T, TKey> page) => page.Next is { } next ? Cursor.Encode(_list, next) : null;

    /// <summary>Reads the parameters.</summary>
    /// <exception cref="ProblemException">One of them is out of bounds or unreadable.</exception>
    public static ValueTask<Paging<TKey>?> BindAsync(HttpContext context)
    {
        var list = context.Request.Path.Value ?? "";
        var query = context.Request.Query;
        var limit = PagingMetadata.DefaultLimit;
        if (query.TryGetValue("limit", out var given)
            && !(int.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= PagingMetadata.MaxLimit))
            throw Refuse("invalid_limit", $"This must be a whole number from 1 to {PagingMetadata.MaxLimit}.", "limit");
        if (!query.TryGetValue("cursor", out var cursor))
            return new(new Paging<TKey>(list, new PageRequest<TKey>(limit)));
        var after = Cursor.Decode<TKey>(list, cursor.ToString())
            ?? throw Refuse("invalid_cursor", "This is no cursor of this list. Take it from nextCursor, as it is.", "cursor");
        return new(new Paging<TKey>(list, new PageRequest<TKey>(limit, after)));
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new PagingMetadata());

    private static ProblemException Refuse(string code, string detail, string parameter) => new(
        Problem.Of(StatusCodes.Status400BadRequest, code, detail, new ProblemError(code, detail, Parameter: parameter)));
}

/// <summary>Says that an operation pages.</summary>
public sealed record PagingMetadata : IQueryParameterNames
{
    /// <summary>The items of a page when no limit is given.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The most items of a page.</summary>
    public const int MaxLimit = 100;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = ["limit", "cursor"];
}

using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL;

/// <summary>Why a request is not answered with data.</summary>
/// <param name="Code">A stable SCREAMING_SNAKE word, sent as <c>extensions.code</c>.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Locations">Where in the document; empty where no place is to blame.</param>
/// <param name="Path">The response path, of names and indexes; null where no field is to blame.</param>
public sealed record GraphQLError(
    string Code, string Message, IReadOnlyList<Location> Locations, IReadOnlyList<object>? Path = null)
{
    /// <summary>The limit that was passed, by its name, its bound and the document's figure; sent as <c>extensions.limit</c>.</summary>
    public ExceededLimit? Limit { get; init; }

    /// <summary>The rule of the specification that a document breaks, like <c>ScalarLeafs</c>; null: it is none of these. Not sent.</summary>
    public string? Rule { get; init; }
}

/// <summary>A limit that a request passes.</summary>
/// <param name="Name">Its name, as the configuration has it, in camelCase.</param>
/// <param name="Bound">What is allowed.</param>
/// <param name="Found">What was found, as far as it was counted.</param>
public sealed record ExceededLimit(string Name, long Bound, long Found);

using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Limits;

/// <summary>How large a query may be (<c>docs/graphql.md</c>, Limits). Section <c>GraphQL:Limits</c>.</summary>
public sealed record GraphQLLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GraphQL:Limits";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule =
        "GraphQL:Limits: Depth and IntrospectionDepth are from 1 to 100, Nesting from 1 to 200, Tokens from 1 to 5,000, ResponseKeys from 1 to 50, InputDepth from 1 to 64, " +
        "ResponseBytes from 1 to 1,073,741,824, StatementTimeout from 100 ms to 10 min, and Nodes, Aliases, InputObjects, InputValues and Rows are positive.";

    /// <summary>Fields within fields, the outermost being 1; fragments add nothing. Default 10.</summary>
    public int Depth { get; init; } = 10;

    /// <summary>The same below <c>__schema</c> and <c>__type</c>, which count themselves. Default 20.</summary>
    public int IntrospectionDepth { get; init; } = 20;

    /// <summary>Fields of an operation, those of a fragment as often as it is spread, before <c>first</c> multiplies them. Default 1,000.</summary>
    public int Nodes { get; init; } = 1_000;

    /// <summary>Aliases of one field in one object of the response; its own name is none. Default 15.</summary>
    public int Aliases { get; init; } = 15;

    /// <summary>Different keys in one object of the response. Default and most 50: json_build_object takes no more.</summary>
    public int ResponseKeys { get; init; } = 50;

    /// <summary>Tokens of a document; commas, white space and comments are none. Reading ends at the first that is too many. Default 2,000.</summary>
    public int Tokens { get; init; } = 2_000;

    /// <summary>Braces, brackets and parentheses that are open at once. Default 100.</summary>
    public int Nesting { get; init; } = 100;

    /// <summary>Lists and input objects within each other in a variable or an argument. Default 32.</summary>
    public int InputDepth { get; init; } = 32;

    /// <summary>Input objects of all variables together, or of one argument: each is a condition or more of the statement. Default 500.</summary>
    public int InputObjects { get; init; } = 500;

    /// <summary>Values of all variables together, or of one argument: leaves, lists and objects each count. Default 10,000.</summary>
    public int InputValues { get; init; } = 10_000;

    /// <summary>Rows that an operation may touch by its static cost: page sizes multiplied along its connections. Default 500,000.</summary>
    public long Rows { get; init; } = 500_000;

    /// <summary>Bytes of a response. Default 33,554,432 (32 MB).</summary>
    public long ResponseBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How long the statement of a query may run. Default 10 s.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The bounds of these that hold while a document is read.</summary>
    public ParserOptions Parser => new() { MaxTokens = Tokens, MaxNesting = Nesting };

    /// <summary>Whether <see cref="Rule"/> holds.</summary>
    public bool IsValid =>
        Depth is >= 1 and <= 100 && IntrospectionDepth is >= 1 and <= 100 && Nesting is >= 1 and <= 200 && Tokens is >= 1 and <= 5_000
        && ResponseKeys is >= 1 and <= 50 && ResponseBytes is >= 1 and <= 1_073_741_824
        && StatementTimeout >= TimeSpan.FromMilliseconds(100) && StatementTimeout <= TimeSpan.FromMinutes(10)
        && InputDepth is >= 1 and <= 64 && InputObjects >= 1 && InputValues >= 1 && Nodes >= 1 && Aliases >= 1 && Rows >= 1;
}

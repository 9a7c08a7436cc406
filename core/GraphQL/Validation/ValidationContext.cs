using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation;

/// <summary>What rules know of the document, and where they tell of errors.</summary>
internal sealed class ValidationContext
{
    /// <summary>Errors after which a document is not looked at any further.</summary>
    public const int MostErrors = 100;

    private const int Suggested = 10;
    private const int MostPlaces = 50;

    private readonly Dictionary<string, FragmentNode> _fragments = [];
    private readonly Dictionary<string, DirectiveDefinition> _directives;

    public ValidationContext(Schema schema, Document document)
    {
        Schema = schema;
        foreach (var fragment in document.Fragments)
            _fragments[fragment.Name.Value] = fragment;
        _directives = schema.Directives.ToDictionary(d => d.Name);
    }

    /// <summary>The schema.</summary>
    public Schema Schema { get; }

    /// <summary>What is wrong.</summary>
    public List<GraphQLError> Errors { get; } = [];

    /// <summary>Whether there are errors enough.</summary>
    public bool Done => Errors.Count >= MostErrors;

    /// <summary>The fragment of a name; of several the last.</summary>
    public FragmentNode? Fragment(string name) => _fragments.GetValueOrDefault(name);

    /// <summary>The definition of a directive; null: the schema has none.</summary>
    public DirectiveDefinition? Directive(DirectiveNode directive) => _directives.GetValueOrDefault(directive.Name.Value);

    /// <summary>The type of a condition, if it is one that has fields.</summary>
    public NamedType? Composite(NamedTypeNode condition) =>
        Schema.TryFind(condition.Name.Value, out var type) && type.IsComposite() ? type : null;

    /// <summary>Tells of an error at the nodes.</summary>
    public void Report(string rule, string message, params IEnumerable<Node> at)
    {
        if (!Done)
            Errors.Add(new GraphQLError(ErrorCodes.ValidationFailed, Sentence.Short(message), [.. at.Take(MostPlaces).Select(n => n.At)]) { Rule = rule });
    }

    /// <summary>Tells that the document asks for more work than a verdict is worth, and ends the work.</summary>
    public void Exceed(string message, ExceededLimit limit) =>
        Errors.Add(new GraphQLError(ErrorCodes.LimitExceeded, message, []) { Limit = limit });

    /// <summary>A sentence with names that may have been meant, in the first errors.</summary>
    public string Suggest(string name, IEnumerable<string> known) => Errors.Count < Suggested ? Suggestions.For(name, known) : "";
}

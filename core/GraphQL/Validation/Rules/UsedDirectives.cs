using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Validation.Rules;

/// <summary>Directives are known, stand where they may, and once only (5.7.1, 5.7.2, 5.7.3).</summary>
internal sealed class UsedDirectives(ValidationContext context) : Rule
{
    public override void Directives(IReadOnlyList<DirectiveNode> directives, string location)
    {
        if (directives.Count == 0)
            return;
        var seen = new Dictionary<string, DirectiveNode>();
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;
            if (context.Directive(directive) is not { } definition)
            {
                context.Report("KnownDirectives", $"There is no directive @{name}.{context.Suggest(name, context.Schema.Directives.Select(d => d.Name))}", directive);
                continue;
            }
            if (!definition.Locations.Contains(location))
                context.Report("KnownDirectives", $"The directive @{name} may not stand at {location}.", directive);
            if (!definition.Repeatable && !seen.TryAdd(name, directive))
                context.Report("UniqueDirectivesPerLocation", $"The directive @{name} stands here more than once.", seen[name], directive);
        }
    }
}

using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation.Rules;

/// <summary>Fragments have names of their own, are known where they are spread, and are spread somewhere (5.5.1.1, 5.5.2.1, 5.5.1.4).</summary>
internal sealed class FragmentNames(ValidationContext context, Reach reach) : Rule
{
    private readonly Dictionary<string, NameNode> _names = [];
    private Document? _document;

    public override void Document(Document document) => _document = document;

    public override void Fragment(FragmentNode fragment)
    {
        var name = fragment.Name.Value;
        if (!_names.TryAdd(name, fragment.Name))
            context.Report("UniqueFragmentNames", $"There is more than one fragment \"{name}\".", _names[name], fragment.Name);
    }

    public override void Spread(FragmentSpreadNode spread, NamedType? parent)
    {
        var name = spread.Name.Value;
        if (context.Fragment(name) is null)
            context.Report("KnownFragmentNames", $"There is no fragment \"{name}\".{context.Suggest(name, _document!.Fragments.Select(f => f.Name.Value))}", spread.Name);
    }

    public override void End()
    {
        var used = reach.From(_document!.Operations).Select(f => f.Name.Value).ToHashSet();
        foreach (var fragment in _document.Fragments.Where(f => !used.Contains(f.Name.Value)))
            context.Report("NoUnusedFragments", $"Fragment \"{fragment.Name.Value}\" is spread nowhere.", fragment);
    }
}

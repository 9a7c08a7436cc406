using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Limits;

/// <summary>The fragments of a document by their names; of several of one name the first, for validation refuses the others.</summary>
internal static class FragmentsByName
{
    public static Dictionary<string, FragmentNode> Of(Document document)
    {
        var fragments = new Dictionary<string, FragmentNode>(StringComparer.Ordinal);
        foreach (var fragment in document.Fragments)
            fragments.TryAdd(fragment.Name.Value, fragment);
        return fragments;
    }
}

using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Limits;

/// <summary>What a query may ask for, told from its text before anything is planned (<c>docs/graphql.md</c>, Limits).</summary>
public static class StaticLimits
{
    /// <summary>
    /// The limits that an operation passes, one error each; empty: none. It takes any document that was read, valid or not,
    /// also one whose fragments spread themselves, in time linear in its length and in <see cref="GraphQLLimits.Nodes"/>.
    /// </summary>
    /// <param name="document">The document, for its fragments.</param>
    /// <param name="operation">The operation of it that is to run.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="schema">
    /// The types, of which an object of the response has one: keys that are selected for another do not count. Null: all keys count.
    /// </param>
    public static IReadOnlyList<GraphQLError> Check(Document document, OperationNode operation, GraphQLLimits limits, Schema? schema = null)
    {
        var extents = new Extents(document);
        var extent = extents.Of(operation.Selections);
        GraphQLError[] size = [.. Depth(extent, limits), .. Nodes(operation, extent, limits)];

        // The objects are walked one by one, which only few nodes allow: fragments that spread fragments double them with every line.
        return size.Length > 0 || extents.Circular ? size : ResponseObjects.Check(document, operation, limits, schema);
    }

    private static IEnumerable<GraphQLError> Depth(Extent extent, GraphQLLimits limits)
    {
        if (extent.Data.Depth > limits.Depth)
            yield return Exceeded("depth", limits.Depth, extent.Data.Depth, $"Fields lie {extent.Data.Depth} deep; {limits.Depth} are allowed.", extent.Data.At);
        if (extent.Introspection.Depth > limits.IntrospectionDepth)
        {
            yield return Exceeded(
                "introspectionDepth", limits.IntrospectionDepth, extent.Introspection.Depth,
                $"Fields of the introspection lie {extent.Introspection.Depth} deep; {limits.IntrospectionDepth} are allowed.", extent.Introspection.At);
        }
    }

    private static IEnumerable<GraphQLError> Nodes(OperationNode operation, Extent extent, GraphQLLimits limits)
    {
        if (extent.Nodes > limits.Nodes)
            yield return Exceeded("nodes", limits.Nodes, extent.Nodes, $"The operation has {Figure(extent.Nodes)} fields; {limits.Nodes} are allowed.", operation.At);
    }

    internal static GraphQLError Exceeded(string name, long bound, long found, string message, Location at) =>
        new(ErrorCodes.LimitExceeded, message, [at]) { Limit = new(name, bound, found) };

    private static string Figure(long nodes) => nodes == Extents.Most ? $"{nodes} or more" : $"{nodes}";
}

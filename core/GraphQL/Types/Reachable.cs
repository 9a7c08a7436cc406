namespace QualityIngest.GraphQL.Types;

/// <summary>What types a schema has.</summary>
internal static class Reachable
{
    /// <summary>The types given, in their order, then those that they lead to as they are met, then those of introspection.</summary>
    public static OrderedDictionary<string, NamedType> From(IEnumerable<NamedType> given, IEnumerable<DirectiveDefinition> directives)
    {
        var found = new OrderedDictionary<string, NamedType>(StringComparer.Ordinal);
        var open = new Queue<NamedType>();
        foreach (var type in given)
            Meet(type);
        Follow();
        foreach (var argument in directives.SelectMany(d => d.Arguments))
            Meet(argument.Type.Named);
        Follow();
        foreach (var type in IntrospectionTypes.All)
            Meet(type);
        Follow();
        return found;

        void Meet(NamedType type)
        {
            if (found.TryAdd(type.Name, type))
                open.Enqueue(type);
        }

        void Follow()
        {
            while (open.TryDequeue(out var type))
            {
                foreach (var next in Neighbours(type))
                    Meet(next);
            }
        }
    }

    private static IEnumerable<NamedType> Neighbours(NamedType type) => type switch
    {
        ObjectType o => o.Interfaces.Concat(o.Fields.SelectMany(Named)),
        InterfaceType i => i.Fields.SelectMany(Named).Concat(i.Implementations),
        InputType i => i.Fields.Select(f => f.Type.Named),
        _ => [],
    };

    private static IEnumerable<NamedType> Named(FieldDefinition field) => field.Arguments.Select(a => a.Type.Named).Prepend(field.Type.Named);
}

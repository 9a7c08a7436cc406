using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Limits;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Planning;

/// <summary>Turns a valid operation into a plan. Pure: the same operation and shape always make the same statement.</summary>
internal sealed class Planner
{
    private readonly PlanContext _context;
    private readonly OperationNode _operation;

    private Planner(PlanContext context, OperationNode operation) => (_context, _operation) = (context, operation);

    /// <summary>The plan, or what is wrong with the values that it depends on.</summary>
    /// <param name="schema">The schema of a catalogue.</param>
    /// <param name="document">A valid document within the static limits.</param>
    /// <param name="operation">An operation of it.</param>
    /// <param name="variables">Coerced variables; the plan depends on their shape.</param>
    /// <param name="limits">How large inputs and answers may be.</param>
    public static (Plan? Plan, IReadOnlyList<GraphQLError> Errors) Plan(
        Schema schema, Document document, OperationNode operation, IReadOnlyDictionary<string, object?> variables, GraphQLLimits limits)
    {
        var context = new PlanContext(schema, document, variables, limits);
        var plan = new Planner(context, operation).Plan();
        return context.Errors.Count > 0 ? (null, context.Errors) : (plan, []);
    }

    private Plan Plan()
    {
        var roots = _context.Selections.Of(_context.Schema.Query, [_operation.Selections]);
        if (roots.All(r => r.Field.Source is null))
            return new("", [], [], _context.Cost, _context.Requirements, [.. roots.Select(r => (r.Key, Told(r)))]);
        var sql = "select " + _context.Rows.Object(_context.Schema.Query, [_operation.Selections], Root);
        return new(sql, _context.Slots, _context.Unspoken, _context.Cost, _context.Requirements, null);
    }

    private string Root(Selected root)
    {
        if (root.Field.Source is not FieldSource source)
            return _context.Parameter(new IntrospectionSlot(Told(root)));
        _context.Require(source.Requirement);
        return source switch
        {
            ManySource many => _context.Lists.Of(null, many, root),
            StatisticsSource statistics => _context.Statistics.Of(statistics, root),
            RootOneSource one => One(one, root),
            NodeSource node => Node(node, root),
            _ => throw new InvalidOperationException($"{root.Field.Name} is no field of the query."),
        };
    }

    private string One(RootOneSource one, Selected root)
    {
        _context.Require(one.Target.Requirement);
        var id = _context.Arguments(root)["id"];
        var key = _context.Parameter(new KeySlot(one.Target, false, id.Source(_context.Variables), id.At));
        return _context.Rows.ByKey(one.Target, key, root.Sets);
    }

    // Of the types, the database is told one with the values: of the rest nothing is planned, let alone read.
    private string Node(NodeSource node, Selected root)
    {
        var id = _context.Arguments(root)["id"];
        var source = id.Source(_context.Variables);
        var type = _context.Parameter(new NodeTypeSlot(node.Targets, source, id.At));
        var branches = node.Targets.Select(target =>
        {
            var key = _context.Parameter(new NodeKeySlot(node.Targets, target.Keys[0].Kind, source));
            return $"when '{target.Type.Name}' then {_context.Rows.ByKey(target, key, root.Sets)}";
        });
        return $"case {type}\n{SqlLayout.Indent(string.Join("\n", branches))}\nend";
    }

    // The plan outlives the request: of that, nothing is kept here.
    private Func<Binding, byte[]> Told(Selected root)
    {
        var (schema, document, nodes, most) = (_context.Schema, _context.Document, root.Nodes, _context.Limits.ResponseBytes);
        return binding =>
        {
            if (binding.Errors.Exists(e => e.Limit is { Name: Introspection.Limit }))
                return [];
            var told = Introspection.Answer(schema, document, nodes, binding.Variables, most, binding.Errors, binding.Told).ToArray();
            binding.Told += told.Length;
            return told;
        };
    }
}

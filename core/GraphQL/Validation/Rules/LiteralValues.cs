using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;
using QualityIngest.GraphQL.Values;

namespace QualityIngest.GraphQL.Validation.Rules;

/// <summary>
/// Literals are of the types that are asked for; members of input objects are known, given once, and given where they are
/// required (5.6.1 to 5.6.4). What PostgreSQL cannot hold is refused later, by <see cref="Coercion"/>.
/// </summary>
internal sealed class LiteralValues(ValidationContext context) : Rule
{
    private const string Correct = "ValuesOfCorrectType";

    public override void Arguments(ArgumentsPlace place)
    {
        foreach (var argument in place.Given)
            Check(argument.Value, place.Find(argument.Name.Value)?.Type);
    }

    public override void Variable(VariableNode variable)
    {
        if (variable.Default is not null)
            Check(variable.Default, context.Schema.TryResolve(variable.Type, out var type) && type.Named.IsInput() ? type : null);
    }

    // Within what is refused, types are unknown: one error is told once.
    private void Check(ValueNode value, TypeReference? type)
    {
        switch (value)
        {
            case VariableReference:
                break;
            case ListValue list:
                var of = type?.Unwrapped() as ListReference;
                if (of is null && type is not null)
                    Leaf(value, type);
                foreach (var item in list.Items)
                    Check(item, of?.Item);
                break;
            case ObjectValue members:
                var input = type?.Named as InputType;
                if (input is null && type is not null)
                    Leaf(value, type);
                Members(members, input);
                break;
            case NullValue:
                if (type is NonNullReference)
                    context.Report(Correct, $"{type} is expected, which is never null.", value);
                break;
            default:
                if (type is not null)
                    Leaf(value, type);
                break;
        }
    }

    private void Members(ObjectValue value, InputType? type)
    {
        var seen = new Dictionary<string, NameNode>();
        foreach (var member in value.Fields)
        {
            var name = member.Name.Value;
            if (!seen.TryAdd(name, member.Name))
                context.Report("UniqueInputFieldNames", $"The member \"{name}\" is given more than once.", seen[name], member.Name);
            var definition = type?.Fields.FirstOrDefault(f => f.Name == name);
            if (type is not null && definition is null)
                context.Report(Correct, $"{type.Name} has no member \"{name}\".{context.Suggest(name, type.Fields.Select(f => f.Name))}", member);
            Check(member.Value, definition?.Type);
        }
        foreach (var required in type?.Fields.Where(f => f.IsRequired() && !seen.ContainsKey(f.Name)) ?? [])
            context.Report(Correct, $"The member \"{required.Name}\" of {type!.Name} is required: its type is {required.Type}.", value);
    }

    private void Leaf(ValueNode value, TypeReference type)
    {
        if (Leaves.TryLiteral(type.Named, value, out _))
            return;
        var meant = value is EnumValue word && type.Named is EnumType words ? context.Suggest(word.Name, words.Members.Select(m => m.Name)) : "";
        context.Report(Correct, $"{type} is expected here: {Leaves.Form(type.Named)}.{meant}", value);
    }
}

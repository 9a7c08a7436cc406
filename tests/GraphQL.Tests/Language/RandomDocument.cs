using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Tests.Language;

/// <summary>A document of any shape that the grammar has, the same one for one seed. Places are left at zero.</summary>
internal sealed class RandomDocument
{
    private static readonly string[] Names = ["a", "b", "_", "__typename", "query", "fragment", "type", "true", "null", "on", "A9_z"];
    private static readonly string[] Texts = ["", "plain", "a \"quote\"", "\\", "\n", "line\nline", "\t", "\0", "é", "\U0001F600", "\"\"\"", "{ # }"];
    private static readonly string[] Blocks = ["", "plain", "a\n  b\nc", "a \"\"\" b", "\\n", "é \U0001F600", "#"];

    private readonly Random _random;

    private RandomDocument(int seed) => _random = new(seed);

    public static Document Of(int seed) => new RandomDocument(seed).Document();

    private Document Document() => new(default, Some(1, 4, () => _random.Next(3) == 0 ? (DefinitionNode)Fragment() : Operation()));

    private OperationNode Operation() =>
        new(default, (OperationKind)_random.Next(3), Maybe(Name), Some(0, 3, Variable), Directives(3, constant: false), Selections(4));

    private FragmentNode Fragment() => new(default, FragmentName(), Named(), Directives(3, constant: false), Selections(4));

    private VariableNode Variable() =>
        new(default, new(default, Name()), Type(3), Maybe(() => Value(3, constant: true)), Directives(2, constant: true));

    private TypeNode Type(int depth)
    {
        TypeNode type = depth > 0 && _random.Next(2) == 0 ? new ListTypeNode(default, Type(depth - 1)) : Named();
        return _random.Next(2) == 0 ? new NonNullTypeNode(default, type) : type;
    }

    private SelectionSetNode Selections(int depth) => new(default, Some(1, 4, () => Selection(depth)));

    private SelectionNode Selection(int depth) => _random.Next(5) switch
    {
        0 => new FragmentSpreadNode(default, FragmentName(), Directives(2, constant: false)),
        1 when depth > 0 => new InlineFragmentNode(default, Maybe(Named), Directives(2, constant: false), Selections(depth - 1)),
        _ => new FieldNode(
            default, Maybe(Name), Name(), Some(0, 3, () => Argument(constant: false)), Directives(2, constant: false),
            depth > 0 ? Maybe(() => Selections(depth - 1)) : null),
    };

    private List<DirectiveNode> Directives(int most, bool constant) =>
        Some(0, most, () => new DirectiveNode(default, Name(), Some(0, 2, () => Argument(constant))));

    private ArgumentNode Argument(bool constant) => new(default, Name(), Value(3, constant));

    private ValueNode Value(int depth, bool constant) => _random.Next(10) switch
    {
        0 => new IntValue(default, Pick("0", "-0", "12", "-9007199254740993")),
        1 => new FloatValue(default, Pick("0.5", "-1e3", "1.25E-7", "1e+9")),
        2 => new StringValue(default, Pick(Texts), Block: false),
        3 => new StringValue(default, Pick(Blocks), Block: true),
        4 => new BooleanValue(default, _random.Next(2) == 0),
        5 => new NullValue(default),
        6 => new EnumValue(default, Pick("RED", "on", "query", "True")),
        7 when depth > 0 => new ListValue(default, Some(0, 3, () => Value(depth - 1, constant))),
        8 when depth > 0 => new ObjectValue(default, Some(0, 3, () => new ObjectFieldNode(default, Name(), Value(depth - 1, constant)))),
        9 when !constant => new VariableReference(default, Name()),
        _ => new NullValue(default),
    };

    private NamedTypeNode Named() => new(default, Name());

    private NameNode Name() => new(default, Pick(Names));

    private NameNode FragmentName() => new(default, Pick([.. Names.Where(name => name != "on")]));

    private T? Maybe<T>(Func<T> item) where T : class => _random.Next(2) == 0 ? item() : null;

    private List<T> Some<T>(int least, int most, Func<T> item) => [.. Enumerable.Range(0, _random.Next(least, most)).Select(_ => item())];

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}

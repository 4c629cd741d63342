using System.CodeDom.Compiler;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Personalization.App.Bot;

namespace Personalization.App.Tests.Bot;

/// <summary>The literals in the compiled code of the bot: sentences that are looked up, and others.</summary>
internal static partial class SpokenText
{
    private static readonly ModuleDefinition Module = ModuleDefinition.ReadModule(typeof(Text).Assembly.Location, new ReaderParameters { InMemory = true });

    /// <summary>The format of every <see cref="FormattableString"/>: each is a sentence for people.</summary>
    public static IReadOnlySet<string> Sentences { get; } = Read(literals => literals.Where(IsFormat)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Words in other literals, except in exceptions and logs.</summary>
    public static IReadOnlyList<string> Others { get; } = Read(literals => literals.Where(literal => !IsFormat(literal) && !IsForOperators(literal) && Words().IsMatch((string)literal.Operand)));

    /// <summary>How many times a <see cref="FormattableString"/> is made.</summary>
    public static int Made { get; } = Methods().SelectMany(method => method.Body.Instructions).Count(IsFactory);

    /// <summary>How many of the literals are formats of one.</summary>
    public static int Found { get; } = Read(literals => literals.Where(IsFormat)).Count;

    private static IReadOnlyList<string> Read(Func<IEnumerable<Instruction>, IEnumerable<Instruction>> select) =>
        [.. Methods().SelectMany(method => select(method.Body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ldstr))).Select(literal => (string)literal.Operand)];

    // Without the keys of settings, in BotServices, and without logs and the names in records, which generators and the compiler write.
    private static IEnumerable<MethodDefinition> Methods() => Module.GetTypes()
        .Where(type => Outermost(type).Namespace == typeof(Text).Namespace && Outermost(type).Name != nameof(BotServices))
        .SelectMany(type => type.Methods)
        .Where(method => method is { HasBody: true, Name: not (".cctor" or "ToString" or "PrintMembers") } && !method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == nameof(GeneratedCodeAttribute)));

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    // The format is followed by the array of its arguments.
    private static bool IsFormat(Instruction literal) => literal.Next is { } next
        && (IsEmptyArray(next) || (next.Next is { OpCode.Code: Code.Newarr, Operand: TypeReference { FullName: "System.Object" } }));

    private static bool IsEmptyArray(Instruction instruction) => instruction.Operand is MethodReference { Name: nameof(Array.Empty) };

    private static bool IsFactory(Instruction instruction) => instruction.Operand is MethodReference { DeclaringType.Name: nameof(FormattableStringFactory) };

    private static bool IsForOperators(Instruction literal)
    {
        if (literal.Next.Operand is MethodReference next && (next.Name.StartsWith("Log", StringComparison.Ordinal) || next.DeclaringType.Name.EndsWith("Exception", StringComparison.Ordinal)))
        {
            return true;
        }

        for (var instruction = literal; instruction is not null && instruction.OpCode.FlowControl is not (FlowControl.Return or FlowControl.Branch); instruction = instruction.Next)
        {
            if (instruction.OpCode == OpCodes.Throw)
            {
                return true;
            }
        }

        return false;
    }

    // Two words, or one with a capital: neither is in ids, file names and parameters.
    [GeneratedRegex("[A-Za-z]{2,},? [A-Za-z]{2,}|^[A-Z][a-z]+[ :.!?]?$|^ [A-Za-z]{2,}|[A-Za-z]{2,}:? $", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Personalization.App.Cli;

/// <summary>How the commands answer a wrong line: with the reason and where the help is. The whole help would scroll the reason away.</summary>
internal static class CommandUsage
{
    /// <summary>Adds <c>--help</c>, and an answer to words that are none of the command's options.</summary>
    public static void AddTo(Command command)
    {
        var help = new HelpOption();
        help.Action = new HelpWhereAskedFor((SynchronousCommandLineAction)help.Action!);
        command.Add(help);

        // Taken here, since the library suggests -h for any other short word.
        var others = new Argument<string[]>("others") { Hidden = true, Arity = ArgumentArity.ZeroOrMore };
        others.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0)
            {
                result.AddError($"\"{result.Tokens[0].Value}\" is nothing that {command.Name} takes.");
            }
        });
        command.Add(others);
    }

    /// <summary>Reads the number that everything is drawn from.</summary>
    public static int Seed(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
        {
            result.AddError(FormattableString.Invariant($"--seed {text}: give a whole number from {int.MinValue} to {int.MaxValue}."));
        }

        return seed;
    }

    /// <summary>The library asks for the help after each wrong line too.</summary>
    private sealed class HelpWhereAskedFor(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            if (parseResult.Errors.Count == 0)
            {
                return help.Invoke(parseResult);
            }

            parseResult.InvocationConfiguration.Error.WriteLine($"See {parseResult.CommandResult.Command.Name} --help.");
            return 1;
        }
    }
}

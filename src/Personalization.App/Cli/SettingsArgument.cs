using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Personalization.Prompts;

namespace Personalization.App.Cli;

/// <summary>
/// Settings on a command's line, in every form that .NET's configuration takes: <c>--Key=value</c>, <c>Key=value</c>,
/// <c>/Key=value</c>, or the value as the next argument. Any other word is refused: it may be a misspelt command or option.
/// </summary>
internal static class SettingsArgument
{
    /// <summary>Commands that were options until version 1.0.</summary>
    private static readonly string[] FormerOptions = ["--check-backends", "--paint-catalogue", "--check-health"];

    /// <summary>Has a command take settings, and answer a wrong line with the reason and where the help is.</summary>
    public static void AddTo(Command command)
    {
        var help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null)
        {
            help = new();
            command.Add(help);
        }

        help.Action = new HelpOnRequest((SynchronousCommandLineAction)help.Action!);
        var settings = new Argument<string[]>("settings") { Hidden = true, Arity = ArgumentArity.ZeroOrMore };
        settings.Validators.Add(result =>
        {
            if (Problem(command, [.. result.Tokens.Select(token => token.Value)]) is { } problem)
            {
                result.AddError(problem);
            }
        });
        command.Add(settings);
    }

    /// <summary>The settings of a line, those before the command's name included.</summary>
    public static IReadOnlyList<string> Settings(this ParseResult parsed)
    {
        var settings = new List<string>();
        for (SymbolResult? command = parsed.CommandResult; command is CommandResult current; command = current.Parent)
        {
            settings.InsertRange(0, current.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value));
        }

        return settings;
    }

    private static string? Problem(Command command, string[] words)
    {
        if (words.FirstOrDefault(word => FormerOptions.Contains(word)) is { } former)
        {
            return $"\"{former}\" is a command now: write {former[2..]}, with settings after it as before.";
        }

        if (FirstOther(words) is not { } other)
        {
            return null;
        }

        // As in an environment variable.
        var colon = other.Contains("__", StringComparison.Ordinal) ? $" Write {other.Replace("__", ":")}, with : between section and key." : "";
        if (command is not RootCommand)
        {
            return $"\"{other}\" is neither an option of {command.Name} nor a setting (--Section:Key=value).{colon}";
        }

        var names = command.Subcommands.Select(subcommand => subcommand.Name).ToArray();
        var meant = Spelling.Nearest(other.TrimStart('-'), names) is { } nearest ? $" Did you mean {nearest}?" : "";
        return $"\"{other}\" is neither a command nor a setting (--Section:Key=value).{colon}{meant} The commands are {string.Join(", ", names)}; --help describes them.";
    }

    /// <summary>The first word that is neither a setting nor the value of one, without the value in it, which may be a secret.</summary>
    private static string? FirstOther(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            var (isMarked, equals) = (word.StartsWith("--", StringComparison.Ordinal) || word.StartsWith('/'), word.IndexOf('='));
            var key = (equals < 0 ? word : word[..equals]).TrimStart('-', '/');
            if (!SettingNames.IsSetting(key) || (word[0] == '-' && !isMarked))
            {
                return equals < 0 ? word : word[..equals];
            }

            if (equals < 0)
            {
                i++;
                if (!isMarked || i == words.Length || words[i].StartsWith("--", StringComparison.Ordinal))
                {
                    return word;
                }
            }
        }

        return null;
    }

    /// <summary>The library shows the whole help after each wrong line too, which scrolls the reason away.</summary>
    private sealed class HelpOnRequest(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            if (parseResult.Errors.Count == 0)
            {
                return help.Invoke(parseResult);
            }

            var command = parseResult.CommandResult.Command;
            parseResult.InvocationConfiguration.Error.WriteLine(command is RootCommand ? "See --help." : $"See {command.Name} --help.");
            return 1;
        }
    }
}

using System.CommandLine;
using Personalization.App.Cli;

namespace Personalization.Lab.Evaluation;

/// <summary>The command line of <see cref="EvaluationData"/>.</summary>
internal static class GenerateCommand
{
    /// <summary>The command <c>generate</c>.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--out") { Required = true, HelpName = "FOLDER", Description = "Where to write votes.csv and pictures.csv. The folder is created if it does not exist." };
        var command = new Command("generate", "Write votes of 1,000 generated people, drawn from the model's own distribution, as files for evaluate.") { folder };
        SettingsArgument.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await EvaluationData.WriteAsync(parsed.GetRequiredValue(folder), parsed.InvocationConfiguration.Output, cancellationToken);
            return 0;
        });
        return command;
    }
}

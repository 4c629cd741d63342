using System.Diagnostics.CodeAnalysis;

namespace Personalization.Prompts;

/// <summary>What reading a prompt came to: the prompt, or what is wrong with it.</summary>
public sealed record PromptParse
{
    public PromptParse(Prompt prompt) => Prompt = prompt;

    public PromptParse(PromptProblem problem) => Problem = problem;

    public Prompt? Prompt { get; }

    public PromptProblem? Problem { get; }

    [MemberNotNullWhen(true, nameof(Prompt)), MemberNotNullWhen(false, nameof(Problem))]
    public bool IsPrompt => Prompt is not null;
}

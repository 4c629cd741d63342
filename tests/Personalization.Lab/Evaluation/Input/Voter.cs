namespace Personalization.Lab.Evaluation.Input;

/// <summary>A person of the file, with what they said in order.</summary>
internal sealed record Voter(string Name, IReadOnlyList<Vote> Votes);

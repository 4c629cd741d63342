namespace Personalization.App.Tests.Bot;

/// <summary>A message as a person sees it.</summary>
/// <param name="Files">How many pictures it has.</param>
/// <param name="IsAtOnce">Whether it was the answer itself, and no edit of one that was put off.</param>
internal sealed record Shown(string Text, int Files, bool IsAtOnce);

namespace Personalization.App.Cli;

/// <summary>The size of an export.</summary>
/// <param name="Rows">Votes and skips.</param>
/// <param name="LeftOut">Votes and skips that are not in it because a picture is gone or has no features.</param>
public sealed record ExportedVotes(int People, int Pictures, int Rows, int LeftOut);

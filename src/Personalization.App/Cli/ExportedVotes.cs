namespace Personalization.App.Cli;

/// <summary>What an export holds.</summary>
/// <param name="Rows">Votes and skips.</param>
/// <param name="LeftOut">Rows that are not in it because a picture is gone, or nothing is known of it.</param>
public sealed record ExportedVotes(int People, int Pictures, int Rows, int LeftOut);

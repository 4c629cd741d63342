namespace Personalization.Storage.Ranking;

/// <summary>One fit of the community.</summary>
internal sealed class CommunityRow
{
    public required int Version { get; init; }

    public required DateTimeOffset FittedAt { get; init; }

    public required int People { get; init; }

    public required int Comparisons { get; init; }

    /// <summary>What was fitted, as <see cref="CommunityJson"/> writes it.</summary>
    public required byte[] Content { get; init; }
}

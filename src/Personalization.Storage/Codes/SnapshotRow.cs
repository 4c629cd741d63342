using Personalization.Codes;
using Personalization.Votes;

namespace Personalization.Storage.Codes;

internal sealed class SnapshotRow
{
    public required string Code { get; init; }

    public required ulong Owner { get; init; }

    public required int SchemaVersion { get; init; }

    public required int SpaceVersion { get; init; }

    public required int PriorVersion { get; init; }

    public required byte[] Mean { get; init; }

    public required byte[] Deviation { get; init; }

    public required byte[] Variance { get; init; }

    public required int Votes { get; init; }

    public required int Likes { get; init; }

    public required byte[] Favourites { get; init; }

    /// <summary>The votes and likes it was made of, as <see cref="BallotsHash"/> writes them; null where they are not known.</summary>
    public string? Ballots { get; set; }

    public static SnapshotRow From(PersonalizationCode code, TasteSnapshot snapshot) => new()
    {
        Code = code.ToString(),
        Owner = snapshot.Owner.Value,
        SchemaVersion = snapshot.SchemaVersion,
        SpaceVersion = snapshot.SpaceVersion,
        PriorVersion = snapshot.PriorVersion,
        Mean = Packed.Floats([.. snapshot.Mean]),
        Deviation = Packed.Floats([.. snapshot.Deviation]),
        Variance = Packed.Floats([.. snapshot.Variance]),
        Votes = snapshot.Votes,
        Likes = snapshot.Likes,
        Favourites = Packed.Ids(snapshot.Favourites),
        Ballots = snapshot.Ballots?.ToString(),
    };

    public TasteSnapshot ToSnapshot() => new(
        new(Owner),
        SchemaVersion,
        SpaceVersion,
        PriorVersion,
        Packed.Floats(Mean),
        Packed.Floats(Deviation),
        Packed.Floats(Variance),
        Votes,
        Likes)
    {
        Favourites = Packed.Ids(Favourites),
        Ballots = Ballots is null ? null : BallotsHash.Parse(Ballots),
    };
}

namespace Personalization.Codes;

/// <summary>
/// A taste as it was when a code was issued; never changed afterwards. Values are single precision so that equal tastes
/// are equal bytes.
/// </summary>
/// <param name="Owner">Whose taste it is.</param>
/// <param name="SchemaVersion">The version of this record's meaning; 1 now.</param>
/// <param name="SpaceVersion">The version of the style space.</param>
/// <param name="PriorVersion">The version of the community prior it was learnt under.</param>
/// <param name="Mean">m: d expected weights.</param>
/// <param name="Deviation">m - mu: how the taste differs from the community's, d numbers.</param>
/// <param name="Variance">The diagonal of V, d positive numbers.</param>
/// <param name="Votes">Votes it was learnt from.</param>
/// <param name="Likes">Likes it was learnt from.</param>
public sealed record TasteSnapshot(
    PersonId Owner,
    int SchemaVersion,
    int SpaceVersion,
    int PriorVersion,
    IReadOnlyList<float> Mean,
    IReadOnlyList<float> Deviation,
    IReadOnlyList<float> Variance,
    int Votes,
    int Likes);

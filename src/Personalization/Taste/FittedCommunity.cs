using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>A fit of the community, as it is kept.</summary>
/// <param name="Map">What was fitted to measured pictures; null for style alone.</param>
/// <param name="Factors">The latent factors of known pictures; null where there are none.</param>
/// <param name="Prior">The prior, in the features of all of these.</param>
public sealed record FittedCommunity(FeatureMap? Map, LatentFactors? Factors, CommunityPrior Prior);

namespace Personalization.Taste;

/// <summary>What a person's choices say as a whole.</summary>
public enum TasteVerdict
{
    /// <summary>There are too few choices, or the evidence is weak.</summary>
    TooEarly,

    /// <summary>By strong evidence, what was learnt predicts the choices no better than a coin.</summary>
    LikeChance,

    /// <summary>The community's taste predicts the choices as well.</summary>
    LikeCommunity,

    /// <summary>The person's own taste predicts the choices better than the community's.</summary>
    Personal,
}

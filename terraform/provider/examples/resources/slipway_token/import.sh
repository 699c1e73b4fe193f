terraform import slipway_token.phones dG9rZW46… # the token's global id, from { tokens { nodes { id name } } }
